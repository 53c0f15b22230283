import "@fontsource-variable/inter";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";

export const metadata: Metadata = {
  title: { default: "Carillon", template: "%s · Carillon" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#12141a" },
  ],
};

/** Dynamic on purpose: every page carries the nonce that the launcher put on its request. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [head, locale] = await Promise.all([headers(), getLocale()]);
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <Providers nonce={head.get("x-nonce") ?? undefined}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
