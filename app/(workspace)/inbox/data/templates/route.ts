import { z } from "zod";
import { findConversation } from "@/db/queries/conversations";
import { listTemplates } from "@/db/queries/whatsapp-templates";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

/** The approved WhatsApp templates that can be sent in a conversation: `{ templates }`. */
export const GET = inboxRead(z.object({ id: z.uuid() }), async (viewer, { id }) => {
  const { db } = getDeps();
  const conversation = await findConversation(db, viewer, id);
  if (!conversation) return null;
  const { workspaceId, integrationId } = conversation;
  const rows = await listTemplates(db, { workspaceId, integrationId });
  const approved = rows.filter(({ status }) => status === "approved");
  return {
    templates: approved.map(({ contentSid, name, language, body, variables }) => {
      return { contentSid, name, language, body, variables };
    }),
  };
});
