import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireViewer } from "@/lib/auth/viewer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

/**
 * The inbox fills the frame: its panes scroll, the page never does. The gate stands here too, before
 * anything is sent: once the skeleton has left, the status can no longer say "not found".
 */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  await requireViewer("agent");
  return <div className="min-h-0 flex-1 overflow-hidden">{children}</div>;
}
