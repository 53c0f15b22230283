import { and, eq, notInArray } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { ProviderTemplate } from "../../lib/ports/sms";
import type { Database } from "../client";
import { whatsappTemplates } from "../schema";

type Sync = {
  workspaceId: WorkspaceId;
  accountId: string;
  templates: readonly ProviderTemplate[];
  newId: () => string;
  now: Date;
};

/** Makes our copy what the provider says: changed ones keep their id, those that are gone go. */
export async function replaceTemplates(
  tx: Database,
  { workspaceId, accountId, templates, newId, now }: Sync,
): Promise<void> {
  const isOurs = and(
    eq(whatsappTemplates.workspaceId, workspaceId),
    eq(whatsappTemplates.accountId, accountId),
  );
  const sids = templates.map((template) => template.contentSid);
  await tx
    .delete(whatsappTemplates)
    .where(sids.length > 0 ? and(isOurs, notInArray(whatsappTemplates.contentSid, sids)) : isOurs);
  for (const { contentSid, variables, ...template } of templates) {
    const values = { ...template, variables: [...variables], syncedAt: now };
    await tx
      .insert(whatsappTemplates)
      .values({ id: newId(), workspaceId, accountId, contentSid, ...values })
      .onConflictDoUpdate({
        target: [whatsappTemplates.accountId, whatsappTemplates.contentSid],
        set: values,
      });
  }
}
