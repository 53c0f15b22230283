import type { Database } from "../../db/client";
import { findPersonsDue } from "../../db/queries/system/kept-deliveries";
import {
  closeDigest,
  type DeliveryRow,
  findKeptDue,
  type KeptDelivery,
  markLeft,
  settleDeliveries,
} from "../../db/writes/notifications";
import { lockPreferences } from "../../db/writes/preferences";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { tellHandedOver } from "./hand-over";
import { oweFates } from "./owe-fates";
import { readRecipients } from "./recipients";
import { type Group, planRelease } from "./release-group";
import { gather, sendWanted } from "./settle-deliveries";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;
type Person = { workspaceId: WorkspaceId; personId: string };

/** Persons looked up by one query. */
const BATCH = 200;

/**
 * Asks the gates again about everything they kept until now: what they let through leaves, together
 * where it was gathered, and the rest waits on or is refused. Each person is a transaction of their
 * own; one that fails is told in the log, stays due and keeps nobody else.
 */
export async function releaseDeliveries(deps: Needs): Promise<{ released: number }> {
  const now = deps.clock.now();
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

/** @returns how many messages left */
async function releaseOf(deps: Needs, { workspaceId, personId }: Person): Promise<number> {
  const personIds = [personId];
  let outcomes: EnqueueOutcome[] = [];
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const preferences = await lockPreferences(tx, { workspaceId, personIds, now });
    const at = deps.clock.now();
    const kept = await findKeptDue(tx, { workspaceId, personId, now: at });
    const types = kept.map(({ notification }) => notification.type);
    const read = await readRecipients(tx, { workspaceId, personIds, types, preferences, at });
    const recipient = read.recipients.get(personId);
    if (!recipient) return;
    const plans = inGroups(kept).map((group) =>
      planRelease({ group, recipient, rules: read.rules, at }),
    );
    const acting = { workspaceId, actor: { kind: "system" } as const };
    const wanted = plans.flatMap((plan) => plan.wanted);
    const { rows, outcomes: stored } = await sendWanted(deps, tx, { acting, wanted });
    const sent = new Set(rows.flatMap((row) => (row.messageId === null ? [] : [row.id])));
    for (const { group } of plans) await endGroup(tx, { workspaceId, group, sent, at });
    const all = plans.flatMap((plan) => plan.decided);
    const others = await gather(deps, tx, { workspaceId, all, at });
    const settled = [...rows, ...others];
    await settleDeliveries(tx, workspaceId, settled);
    await oweFates(tx, { workspaceId, fates: changedFates(kept, settled) });
    outcomes = stored;
  });
  await tellHandedOver(deps, outcomes);
  return outcomes.filter(({ kind }) => kind === "queued").length;
}

/** What is kept on as it was is no news. */
function changedFates(kept: readonly KeptDelivery[], settled: readonly DeliveryRow[]) {
  const before = new Map(kept.map((one) => [one.delivery.id, one]));
  return settled.flatMap((delivery) => {
    const known = before.get(delivery.id);
    if (!known || known.delivery.fate === delivery.fate) return [];
    return [{ notification: known.notification, delivery }];
  });
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

type Ending = { workspaceId: WorkspaceId; group: Group; sent: ReadonlySet<string>; at: Date };

/** A digest is closed whatever became of it: what is kept on joins the next one. */
async function endGroup(tx: Database, { workspaceId, group, sent, at }: Ending) {
  const hasLeft = group.kept.some(({ delivery }) => sent.has(delivery.id));
  const { digestId, kept } = group;
  if (digestId !== null) await closeDigest(tx, { workspaceId, id: digestId, at, hasLeft });
  else if (hasLeft && kept[0]) await markLeft(tx, { workspaceId, id: kept[0].notification.id, at });
}
