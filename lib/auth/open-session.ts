import { findHomeOfSession, findSession, type SessionRow } from "../../db/queries/system/sessions";
import { moveSession, touchSession } from "../../db/writes/sessions";
import type { Caller } from "../domain/viewer";
import { hasRole } from "../domain/words";
import type { Deps } from "../ports/deps";
import { isDueForTouch, sessionEnd } from "./session-lifetime";

/** Somebody signed in, with what their role and workspace let them see. */
export type Viewer = Caller & {
  readonly user: SessionRow["user"];
  readonly personId: string;
  readonly sessionId: string;
  readonly workspace: Pick<
    SessionRow["workspace"],
    "id" | "slug" | "name" | "locale" | "timeZone" | "defaultCountry" | "isDemo"
  >;
};

/**
 * Turns a session id into a viewer, as the database says at this moment, and slides the session's end.
 * A session whose workspace is no longer its user's moves to another of theirs.
 *
 * @returns null when nobody is signed in by that id.
 */
export async function openSession(
  deps: Pick<Deps, "db" | "clock">,
  sessionId: string,
): Promise<Viewer | null> {
  const now = deps.clock.now();
  const row =
    (await findSession(deps.db, { sessionId, now })) ?? (await findElsewhere(deps, sessionId));
  if (!row) return null;
  if (isDueForTouch({ lastSeenAt: row.session.lastSeenAt, now })) {
    const expiresAt = sessionEnd({ createdAt: row.session.createdAt, now });
    await touchSession(deps.db, { sessionId, lastSeenAt: now, expiresAt });
  }
  return toViewer(row);
}

async function findElsewhere(deps: Pick<Deps, "db" | "clock">, sessionId: string) {
  const now = deps.clock.now();
  const home = await findHomeOfSession(deps.db, { sessionId, now });
  if (!home) return null;
  await moveSession(deps.db, { sessionId, ...home });
  return findSession(deps.db, { sessionId, now });
}

function toViewer(row: SessionRow): Viewer {
  const seesAll = hasRole(row.role, "admin") || row.senders.hidden === 0;
  const { id, slug, name, locale, timeZone, defaultCountry, isDemo } = row.workspace;
  return {
    workspaceId: id,
    integrations: seesAll ? "all" : row.senders.ids,
    actor: { kind: "user", userId: row.user.id },
    role: row.role,
    scopes: null,
    user: row.user,
    personId: row.personId,
    sessionId: row.session.id,
    workspace: { id, slug, name, locale, timeZone, defaultCountry, isDemo },
  };
}
