import { z } from "zod";
import { findConversation } from "@/db/queries/conversations";
import { threadPage } from "@/db/queries/threads";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

const query = z.object({
  id: z.uuid(),
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});

/** An older page of a thread, or the newest one without `before`. */
export const GET = inboxRead(query, async (viewer, { id, before }) => {
  const { db } = getDeps();
  if (!(await findConversation(db, viewer, id))) return null;
  return threadPage(db, viewer, { conversationId: id, before: before ?? null });
});
