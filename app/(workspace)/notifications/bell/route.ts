import { z } from "zod";
import { countUnread, listBell } from "@/db/queries/notifications";
import { getDeps } from "@/lib/runtime";
import { screenRead } from "../../inbox/data/inbox-read";

export const dynamic = "force-dynamic";

const SHOWN = 8;

/** The reader's own bell: `{ unread, latest }`, newest first. */
export const GET = screenRead({ role: "member", query: z.object({}) }, async (viewer) => {
  const { db } = getDeps();
  const [unread, latest] = await Promise.all([
    countUnread(db, viewer),
    listBell(db, { ...viewer, limit: SHOWN }),
  ]);
  return { unread, latest };
});
