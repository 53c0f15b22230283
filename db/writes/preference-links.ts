import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { preferenceLinks } from "../schema";

export type PreferenceLinkRow = typeof preferenceLinks.$inferSelect;

/** Links of persons, made where there are none, good until their new end. In one order everywhere. */
export async function keepPreferenceLinks(
  tx: Database,
  rows: readonly PreferenceLinkRow[],
): Promise<PreferenceLinkRow[]> {
  if (rows.length === 0) return [];
  return tx
    .insert(preferenceLinks)
    .values(rows.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)))
    .onConflictDoUpdate({
      target: preferenceLinks.personId,
      set: { expiresAt: sql`excluded.expires_at` },
    })
    .returning();
}

/** The link is known by this hash from now on; of the version that it has, or of a new one. */
export async function putPreferenceToken(
  tx: Database,
  { workspaceId, personId, version, tokenHash }: Omit<PreferenceLinkRow, "expiresAt">,
) {
  await tx
    .update(preferenceLinks)
    .set({ version, tokenHash })
    .where(
      and(eq(preferenceLinks.workspaceId, workspaceId), eq(preferenceLinks.personId, personId)),
    );
}

/** The row, locked until the transaction ends; null: no message ever carried a link of this person. */
export async function lockPreferenceLink(
  tx: Database,
  { workspaceId, personId }: { workspaceId: WorkspaceId; personId: string },
): Promise<PreferenceLinkRow | null> {
  const [row] = await tx
    .select()
    .from(preferenceLinks)
    .where(
      and(eq(preferenceLinks.workspaceId, workspaceId), eq(preferenceLinks.personId, personId)),
    )
    .for("update");
  return row ?? null;
}
