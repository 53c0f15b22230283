import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type OwnTemplate, toTemplate } from "../queries/templates";
import { templates, templateVersions, workspaces } from "../schema";

/** Templates of a workspace are written one after the other: of two who save the second sees the first. */
export async function lockTemplates(tx: Database, workspaceId: WorkspaceId) {
  await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for("no key update");
}

type Named = Pick<OwnTemplate, "name" | "channel" | "locale"> & {
  workspaceId: WorkspaceId;
  exceptId: string;
};

/** Does another custom template have this name on the channel, in the language? */
export async function isNameTaken(
  tx: Database,
  { workspaceId, name, channel, locale, exceptId }: Named,
): Promise<boolean> {
  const count = await tx.$count(
    templates,
    and(
      eq(templates.workspaceId, workspaceId),
      eq(templates.event, "custom"),
      eq(templates.channel, channel),
      eq(templates.locale, locale),
      sql`lower(${templates.name}) = lower(${name})`,
      sql`${templates.id} <> ${exceptId}`,
    ),
  );
  return count > 0;
}

type Saved = {
  workspaceId: WorkspaceId;
  template: typeof templates.$inferInsert;
  actor: Actor;
};

/** Writes the newest form of a template, and keeps it as a version. */
export async function saveTemplateRow(
  tx: Database,
  { workspaceId, template, actor }: Saved,
): Promise<OwnTemplate> {
  const userId = actor.kind === "user" ? actor.userId : null;
  const apiKeyId = actor.kind === "api_key" ? actor.apiKeyId : null;
  const values = { ...template, workspaceId, updatedByUserId: userId };
  const { id: _, createdAt: __, ...changed } = values;
  const [row] = await tx
    .insert(templates)
    .values(values)
    .onConflictDoUpdate({
      target: templates.id,
      set: changed,
      setWhere: eq(templates.workspaceId, workspaceId),
    })
    .returning();
  if (!row) throw new Error("an id is of one workspace");
  const { name, subject, body, isActive, variables, approved, version, updatedAt } = row;
  const words = { name, subject, body, isActive, variables, approved, version };
  const by = { userId, apiKeyId };
  const kept = { workspaceId, templateId: row.id, savedAt: updatedAt };
  await tx.insert(templateVersions).values({ ...words, ...by, ...kept });
  return toTemplate(row);
}

type Variables = Pick<OwnTemplate, "id" | "variables"> & { workspaceId: WorkspaceId };

/** The variables of a type of the workspace's own, in one of its templates. */
export async function setTemplateVariables(
  tx: Database,
  { workspaceId, id, variables }: Variables,
) {
  await tx
    .update(templates)
    .set({ variables: [...variables] })
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id)));
}

/** Takes a template away with its versions. */
export async function deleteTemplateRow(
  tx: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
) {
  await tx
    .delete(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id)));
}
