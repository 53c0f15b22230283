import { z } from "zod";
import { listSendingPauses } from "@/db/queries/sending-pauses";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox/data/inbox-read";

export const dynamic = "force-dynamic";

/** What is switched off: `{ pauses: [{ scope, since, by }] }`. */
export const GET = inboxRead(
  z.object({}),
  async (viewer) => ({ pauses: await listSendingPauses(getDeps().db, viewer.workspaceId) }),
  "member",
);
