import { and, eq, gt } from "drizzle-orm";
import type { Database } from "../../client";
import { preferenceLinks } from "../../schema";

/** Whose preferences a link opens; null: none, or it works no more. */
export async function findPreferenceLink(
  db: Database,
  { tokenHash, now }: { tokenHash: string; now: Date },
) {
  const [row] = await db
    .select({ workspaceId: preferenceLinks.workspaceId, personId: preferenceLinks.personId })
    .from(preferenceLinks)
    .where(and(eq(preferenceLinks.tokenHash, tokenHash), gt(preferenceLinks.expiresAt, now)));
  return row ?? null;
}
