import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

/** The inbox fills the frame: its panes scroll, the page never does. */
export default function InboxLayout({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 overflow-hidden">{children}</div>;
}
