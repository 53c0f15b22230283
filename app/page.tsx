import { redirect } from "next/navigation";
import { homeOf } from "@/components/shell/sections";
import { requireViewer } from "@/lib/auth/viewer";

export default async function HomePage() {
  const viewer = await requireViewer();
  redirect(homeOf(viewer.role));
}
