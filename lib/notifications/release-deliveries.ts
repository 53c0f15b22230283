import { findPersonsDue } from "../../db/queries/system/kept-deliveries";
import { askRefusedAgain, findKeptDue, type KeptDelivery } from "../../db/writes/notifications";
import { lockPreferences } from "../../db/writes/preferences";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { tellHandedOver } from "./hand-over";
import { type LetGo, letGo } from "./let-go";
import { readRecipients } from "./recipients";
import type { Group } from "./release-group";
import { ringBells } from "./ring-bells";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;
type Person = { workspaceId: WorkspaceId; personId: string };

/** Persons looked up by one query. */
const BATCH = 200;

/** A refusal of WhatsApp's is acted on while it is news, milliseconds. */
const NEWS_MS = 3_600_000;

/**
 * Asks the gates again about everything they kept until now, and about what WhatsApp has refused since its
 * 24 h were over before it left (63016), for which another channel may stand in, once: what they let through leaves, together
 * where it was gathered, and the rest waits on or is refused. Each person is a transaction of their
 * own; one that fails is told in the log, stays due and keeps nobody else.
 */
export async function releaseDeliveries(deps: Needs): Promise<{ released: number }> {
  const now = deps.clock.now();
  await askRefusedAgain(deps.db, { since: new Date(now.getTime() - NEWS_MS), now });
  let released = 0;
  let after: string | null = null;
  for (;;) {
    const due: Person[] = await findPersonsDue(deps.db, { now, after, limit: BATCH });
    for (const person of due) released += await releaseSafely(deps, person);
    const last = due.at(-1);
    if (!last || due.length < BATCH) return { released };
    after = last.personId;
  }
}

async function releaseSafely(deps: Needs, person: Person): Promise<number> {
  try {
    return await releaseOf(deps, person);
  } catch (error) {
    deps.log.error({ ...person, error: String(error) }, "[NOTIFICATION] a release failed");
    return 0;
  }
}

/** The same of one person. Returns how many messages left. */
export async function releaseOf(deps: Needs, { workspaceId, personId }: Person): Promise<number> {
  const personIds = [personId];
  let left: LetGo = { settled: [], outcomes: [] };
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const preferences = await lockPreferences(tx, { workspaceId, personIds, now });
    const at = deps.clock.now();
    const kept = await findKeptDue(tx, { workspaceId, personId, now: at });
    const types = kept.map(({ notification }) => notification.type);
    const read = await readRecipients(tx, { workspaceId, personIds, types, preferences, at });
    const recipient = read.recipients.get(personId);
    if (!recipient) return;
    const groups = inGroups(kept);
    const { rules } = read;
    left = await letGo(deps, tx, { workspaceId, groups, recipient, rules, at });
  });
  ringBells(deps, workspaceId, left.settled);
  await tellHandedOver(deps, left.outcomes);
  return left.outcomes.filter(({ kind }) => kind === "queued").length;
}

/** What was gathered is decided together, and every other notification by itself; oldest first. */
function inGroups(kept: readonly KeptDelivery[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of kept) {
    const { digestId, notificationId } = one.delivery;
    const key = digestId ?? notificationId;
    const group = groups.get(key) ?? { digestId, kept: [] };
    groups.set(key, { ...group, kept: [...group.kept, one] });
  }
  return [...groups.values()];
}
