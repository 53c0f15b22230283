"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Toaster } from "../ui/toast";
import { TooltipProvider } from "../ui/tooltip";

type Props = {
  nonce: string | undefined;
  children: ReactNode;
};

/** What every screen needs around it: theme, address-bar state, tooltips, toasts. */
export function Providers({ nonce, children }: Props) {
  return (
    <ThemeProvider attribute="data-theme" nonce={nonce} disableTransitionOnChange>
      <NuqsAdapter>
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster />
      </NuqsAdapter>
    </ThemeProvider>
  );
}
