import { and, asc, eq, or, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { integrations, whatsappTemplates } from "../schema";

export type TemplateRow = typeof whatsappTemplates.$inferSelect;

type Sender = { workspaceId: WorkspaceId; integrationId: string };

/** The templates of a sender's account, by name and language; also those that are not approved. */
export async function listTemplates(
  db: Database,
  { workspaceId, integrationId }: Sender,
): Promise<TemplateRow[]> {
  const rows = await selectTemplates(db)
    .where(and(eq(whatsappTemplates.workspaceId, workspaceId), eq(integrations.id, integrationId)))
    .orderBy(asc(whatsappTemplates.name), asc(whatsappTemplates.language));
  return rows.map(({ template }) => template);
}

/**
 * A template of the sender's account by its content SID, else by its name; of several of that name the
 * one in the language that is asked for, else an approved one. null: there is none.
 */
export async function findTemplate(
  db: Database,
  { workspaceId, integrationId, ref, language }: Sender & { ref: string; language: string | null },
): Promise<TemplateRow | null> {
  const [row] = await selectTemplates(db)
    .where(
      and(
        eq(whatsappTemplates.workspaceId, workspaceId),
        eq(integrations.id, integrationId),
        or(eq(whatsappTemplates.contentSid, ref), eq(whatsappTemplates.name, ref)),
      ),
    )
    .orderBy(
      sql`${whatsappTemplates.contentSid} = ${ref} desc`,
      sql`split_part(lower(${whatsappTemplates.language}), '_', 1) = ${language ?? ""} desc`,
      sql`${whatsappTemplates.status} = 'approved' desc`,
      asc(whatsappTemplates.language),
    )
    .limit(1);
  return row?.template ?? null;
}

function selectTemplates(db: Database) {
  return db
    .select({ template: whatsappTemplates })
    .from(whatsappTemplates)
    .innerJoin(integrations, eq(integrations.accountId, whatsappTemplates.accountId))
    .$dynamic();
}
