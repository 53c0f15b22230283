import { cookies } from "next/headers";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { PANES_COOKIE, readPanes } from "@/components/inbox/pane-sizes";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";
import { readInbox } from "../read-inbox";
import { readPlace } from "../search-params";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InboxPage({ searchParams }: Props) {
  const viewer = await requireViewer("agent");
  const seed = await readInbox(viewer, readPlace(await searchParams, null));
  const panes = readPanes((await cookies()).get(PANES_COOKIE)?.value);
  return <InboxScreen seed={seed} now={getDeps().clock.now().toISOString()} panes={panes} />;
}
