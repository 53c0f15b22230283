import { z } from "zod";
import { countViews, listAssignees, listSenders } from "@/db/queries/counts";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

/** What stands around the list: `{ views, senders, assignees }`. A count of 1000 means 999+. */
export const GET = inboxRead(z.object({}), async (viewer) => {
  const { db } = getDeps();
  const [views, senders, assignees] = await Promise.all([
    countViews(db, viewer, viewer.user.id),
    listSenders(db, viewer, viewer.user.id),
    listAssignees(db, viewer),
  ]);
  return { views, senders, assignees };
});
