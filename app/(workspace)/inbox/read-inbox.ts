import type { InboxSeed } from "@/components/inbox/inbox-state";
import { type InboxPlace, isId } from "@/components/inbox/inbox-url";
import { listCards } from "@/db/queries/cards";
import { conversationDetail } from "@/db/queries/conversations";
import { listPrices } from "@/db/queries/costs";
import { countViews, listAssignees, listSenders } from "@/db/queries/counts";
import { threadPage } from "@/db/queries/threads";
import type { Viewer } from "@/lib/auth/viewer";
import { linkUnits } from "@/lib/outbound/media-link";
import { getDeps } from "@/lib/runtime";

/** Everything the inbox's first screen is drawn from, read side by side. */
export async function readInbox(viewer: Viewer, place: InboxPlace): Promise<InboxSeed> {
  const deps = getDeps();
  const { db } = deps;
  const userId = viewer.user.id;
  const [list, counts, senders, assignees, prices, conversation] = await Promise.all([
    listCards(db, viewer, { ...place.query, userId }),
    countViews(db, viewer, userId),
    listSenders(db, viewer, userId),
    listAssignees(db, viewer),
    listPrices(db, viewer.workspaceId),
    readConversation(viewer, place.selectedId),
  ]);
  return {
    ...place,
    ...list,
    counts,
    senders,
    assignees,
    conversation,
    viewer: {
      id: userId,
      name: viewer.user.name,
      role: viewer.role,
      workspaceId: viewer.workspaceId,
      timeZone: viewer.user.timeZone ?? viewer.workspace.timeZone,
      homeCountry: viewer.workspace.defaultCountry,
      locale: viewer.user.locale ?? viewer.workspace.locale,
      prices,
      linkUnits: linkUnits(deps),
    },
  };
}

/** The detail first: what the page shows must never be older than the revision that goes with it. */
async function readConversation(viewer: Viewer, id: string | null) {
  if (!isId(id)) return null;
  const { db, clock } = getDeps();
  const now = clock.now();
  const detail = await conversationDetail(db, viewer, { id, userId: viewer.user.id, now });
  if (detail === null) return null;
  return { detail, page: await threadPage(db, viewer, { conversationId: id, before: null }) };
}
