import { z } from "zod";
import { listSendingPauses } from "@/db/queries/sending-pauses";
import { getDeps } from "@/lib/runtime";
import { screenRead } from "../inbox/data/inbox-read";

export const dynamic = "force-dynamic";

/** What is switched off: `{ pauses: [{ scope, since, by }] }`. */
export const GET = screenRead({ role: "member", query: z.object({}) }, async (viewer) => {
  return { pauses: await listSendingPauses(getDeps().db, viewer.workspaceId) };
});
