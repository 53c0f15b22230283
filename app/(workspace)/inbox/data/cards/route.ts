import { z } from "zod";
import { listCards } from "@/db/queries/cards";
import { decodeCursor } from "@/db/queries/cursor";
import { INBOX_VIEWS } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

const cursor = z.string().transform((text, context) => {
  const decoded = decodeCursor(text);
  if (decoded) return decoded;
  context.addIssue({ code: "custom", message: "is not a cursor of this list: leave it out" });
  return z.NEVER;
});

const query = z.object({
  view: z.enum(INBOX_VIEWS).default("all"),
  integrationId: z.uuid().optional(),
  q: z.string().max(200).optional(),
  cursor: cursor.optional(),
});

/** One page of a view: `{ cards, nextCursor }`. */
export const GET = inboxRead(query, (viewer, input) =>
  listCards(getDeps().db, viewer, { ...input, userId: viewer.user.id }),
);
