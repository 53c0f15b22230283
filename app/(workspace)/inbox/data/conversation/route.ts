import { z } from "zod";
import { conversationDetail } from "@/db/queries/conversations";
import { threadPage } from "@/db/queries/threads";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

/** A conversation as it is opened: `{ detail, page }`. */
export const GET = inboxRead(z.object({ id: z.uuid() }), async (viewer, { id }) => {
  const { db, clock } = getDeps();
  // The detail first: what the page shows must never be older than the revision that goes with it.
  const detail = await conversationDetail(db, viewer, {
    id,
    userId: viewer.user.id,
    now: clock.now(),
  });
  if (!detail) return null;
  return { detail, page: await threadPage(db, viewer, { conversationId: id, before: null }) };
});
