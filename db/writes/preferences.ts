import { and, asc, eq, sql } from "drizzle-orm";
import type { Preferences } from "../../lib/domain/deciding/preferences";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { insertInto } from "../insert-rows";
import { among, isIn, uuidList } from "../queries/among";
import { toPreferences } from "../queries/preferences";
import { type Given, rememberQuery } from "../remember-query";
import { preferences } from "../schema";

type Locking = { workspaceId: WorkspaceId; personIds: readonly string[]; now: Date };

const lockedOf = rememberQuery((db, given: Given<"workspaceId" | "personIds">) =>
  db
    .select()
    .from(preferences)
    .where(
      and(
        isIn(preferences.workspaceId, given("workspaceId")),
        among(preferences.personId, given("personIds")),
      ),
    )
    .orderBy(asc(preferences.personId))
    .for("update"),
);

/**
 * The preferences of persons, made if need be and locked until the transaction ends, in the order of
 * their ids: so two that decide about several people never wait for each other in a circle.
 */
export async function lockPreferences(
  tx: Database,
  { workspaceId, personIds, now }: Locking,
): Promise<Map<string, Preferences>> {
  const sorted = [...new Set(personIds)].sort();
  if (sorted.length === 0) return new Map();
  const lock = async () => {
    const rows = await lockedOf(tx, { workspaceId, personIds: uuidList(sorted) });
    return new Map(rows.map((row) => [row.personId, toPreferences(row)]));
  };
  // Of one person nothing can be held in the wrong order, and they mostly have some.
  const held = sorted.length === 1 ? await lock() : null;
  if (held?.size === 1) return held;
  const made = sorted.map((personId) => ({ personId, workspaceId, updatedAt: now }));
  await tx.execute(sql`${insertInto(preferences, made)} on conflict do nothing`);
  return lock();
}

type Putting = { workspaceId: WorkspaceId; personId: string; preferences: Preferences; at: Date };

/** The person's choices from now on. The caller has locked them. */
export async function putPreferences(
  tx: Database,
  { workspaceId, personId, preferences: chosen, at }: Putting,
): Promise<void> {
  const { mutedUntil, ...choices } = chosen;
  await tx
    .update(preferences)
    .set({ choices, mutedUntil, updatedAt: at })
    .where(and(eq(preferences.workspaceId, workspaceId), eq(preferences.personId, personId)));
}
