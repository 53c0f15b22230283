import { and, eq, inArray } from "drizzle-orm";
import { DEFAULT_PREFERENCES, type Preferences } from "../../lib/domain/deciding/preferences";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { preferences } from "../schema";

export type PreferencesRow = typeof preferences.$inferSelect;

type Of = { workspaceId: WorkspaceId; personIds: readonly string[] };

/** Of those persons who have any; the others have the defaults. */
export async function findPreferences(db: Database, { workspaceId, personIds }: Of) {
  const rows = await db
    .select()
    .from(preferences)
    .where(
      and(eq(preferences.workspaceId, workspaceId), inArray(preferences.personId, [...personIds])),
    );
  return new Map(rows.map((row) => [row.personId, toPreferences(row)]));
}

/** What a person chose; where nothing is chosen, the default. */
export function toPreferences({
  choices,
  mutedUntil,
}: Pick<PreferencesRow, "choices" | "mutedUntil">): Preferences {
  return { ...DEFAULT_PREFERENCES, ...choices, mutedUntil };
}
