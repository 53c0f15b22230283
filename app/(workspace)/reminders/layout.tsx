import type { ReactNode } from "react";
import { requireViewer } from "@/lib/auth/viewer";

/** The gate stands before the page's skeleton, so that who may not see it gets a 404. */
export default async function RemindersLayout({ children }: { children: ReactNode }) {
  await requireViewer("agent");
  return children;
}
