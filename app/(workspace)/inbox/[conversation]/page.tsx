import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { PANES_COOKIE, readPanes } from "@/components/inbox/pane-sizes";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";
import { readInbox } from "../read-inbox";
import { readPlace } from "../search-params";

type Props = {
  params: Promise<{ conversation: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The same inbox with a conversation open; one that is not there, or not to be seen, is "not found". */
export default async function ConversationPage({ params, searchParams }: Props) {
  const viewer = await requireViewer("agent");
  const { conversation } = await params;
  const seed = await readInbox(viewer, readPlace(await searchParams, conversation));
  if (seed.conversation === null) notFound();
  const panes = readPanes((await cookies()).get(PANES_COOKIE)?.value);
  return <InboxScreen seed={seed} now={getDeps().clock.now().toISOString()} panes={panes} />;
}
