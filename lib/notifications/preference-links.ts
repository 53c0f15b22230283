import type { Database } from "../../db/client";
import { findPreferenceLink } from "../../db/queries/system/preference-links";
import { insertAudit } from "../../db/writes/audit";
import {
  keepPreferenceLinks,
  lockPreferenceLink,
  putPreferenceToken,
} from "../../db/writes/preference-links";
import { isLinkToken, LINK_SECONDS } from "../domain/preference-link";
import type { Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import { hashPreferenceToken, preferenceToken } from "../outbound/preference-token";
import type { Deps } from "../ports/deps";

type Of = { workspaceId: WorkspaceId; personId: string };
type Needs = Pick<Deps, "clock" | "settings">;

/**
 * The links that messages to these persons carry, good for a year from now. Inside the caller's
 * transaction. Returns the version of each, of which the token is made.
 */
export async function keepLinks(
  deps: Needs,
  tx: Database,
  { workspaceId, personIds }: { workspaceId: WorkspaceId; personIds: readonly string[] },
): Promise<Map<string, number>> {
  const expiresAt = new Date(deps.clock.now().getTime() + LINK_SECONDS * 1000);
  const hashOf = (personId: string, version: number) =>
    hashPreferenceToken(preferenceToken(deps, { personId, version }));
  const rows = await keepPreferenceLinks(
    tx,
    [...new Set(personIds)].map((personId) => {
      return { personId, workspaceId, version: 1, tokenHash: hashOf(personId, 1), expiresAt };
    }),
  );
  for (const { personId, version, tokenHash } of rows) {
    // Made with a key of links that we no longer have.
    const hash = hashOf(personId, version);
    if (hash !== tokenHash) {
      await putPreferenceToken(tx, { workspaceId, personId, version, tokenHash: hash });
    }
  }
  return new Map(rows.map(({ personId, version }) => [personId, version]));
}

/** Whose preferences a token opens; null: it is none of ours, or works no more. Changes nothing. */
export async function openPreferenceLink(
  deps: Pick<Deps, "db" | "clock">,
  token: string,
): Promise<Of | null> {
  if (!isLinkToken(token)) return null;
  const tokenHash = hashPreferenceToken(token);
  return findPreferenceLink(deps.db, { tokenHash, now: deps.clock.now() });
}

/** Links that a person was sent so far open nothing any more; messages to come carry another. */
export async function revokePreferenceLink(
  deps: Pick<Deps, "db" | "clock" | "settings">,
  by: Administrator,
  personId: string,
): Promise<void> {
  const { workspaceId, actor } = by;
  await deps.db.transaction(async (tx) => {
    const row = await lockPreferenceLink(tx, { workspaceId, personId });
    if (!row) return;
    const version = row.version + 1;
    const tokenHash = hashPreferenceToken(preferenceToken(deps, { personId, version }));
    await putPreferenceToken(tx, { workspaceId, personId, version, tokenHash });
    const target = { type: "person", id: personId };
    const at = deps.clock.now();
    await insertAudit(tx, { workspaceId, at, actor, action: "preferences.link_revoked", target });
  });
}
