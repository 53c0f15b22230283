import type { Database } from "../../db/client";
import type { DeliveryRow } from "../../db/writes/notifications";
import { openDigests } from "../../db/writes/notifications";
import { asReplacing } from "../domain/deciding/next-channel";
import type { Actor } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { handOver, type Parcel } from "./hand-over";
import { type Judged, keptDecision } from "./judge";

/** A delivery as it was decided, before what follows from that has happened. */
export type Decided = {
  row: DeliveryRow;
  /** What it is gathered under; null: it is not. */
  digestKey: string | null;
};

/** A delivery's row with a decision added. */
export function decided(
  row: Omit<DeliveryRow, "fate" | "reason" | "releaseAt" | "decidedAt">,
  { decision: judged }: Pick<Judged, "decision">,
  at: Date,
): DeliveryRow {
  const decision = row.insteadOf === null ? judged : asReplacing(judged);
  const { fate, reason, releaseAt } = decision;
  const decisions = [...row.decisions, keptDecision(decision, at)];
  return { ...row, fate, reason, releaseAt, decisions, decidedAt: at };
}

/** Its last decision is one more, since what became of it before was no good. */
export function asResent(
  row: DeliveryRow,
  resent: { messageId: string | null; userId: string | null },
): DeliveryRow {
  const last = row.decisions.at(-1);
  if (!last) throw new Error("it has just been decided");
  return { ...row, decisions: [...row.decisions.slice(0, -1), { ...last, resent }] };
}

type Needs = Pick<Deps, "clock" | "chance" | "cipher" | "settings">;
type Acting = { workspaceId: WorkspaceId; actor: Actor };

/** Puts the gathered ones into the open digest of their person and key. Returns the rows of all. */
export async function gather(
  deps: Needs,
  tx: Database,
  { workspaceId, all, at }: { workspaceId: WorkspaceId; all: readonly Decided[]; at: Date },
): Promise<DeliveryRow[]> {
  const wanted = new Map(
    all.flatMap(({ row: { personId }, digestKey: key }) =>
      key === null ? [] : [[`${personId} ${key}`, { personId, key }] as const],
    ),
  );
  // In one order everywhere, so that two never wait for each other in a circle.
  const of = [...wanted.keys()]
    .sort()
    .flatMap((name) => wanted.get(name) ?? [])
    .map((one) => ({ ...one, id: deps.chance.uuid() }));
  const open = await openDigests(tx, { workspaceId, of, now: at });
  const ids = new Map(open.map(({ id, personId, key }) => [`${personId} ${key}`, id]));
  return all.map(({ row, digestKey }) => {
    // What waits on by itself is of no digest any more; what was ended in one stays of it.
    if (digestKey === null) return row.releaseAt === null ? row : { ...row, digestId: null };
    return { ...row, digestId: ids.get(`${row.personId} ${digestKey}`) ?? null };
  });
}

export type Wanted = {
  parcel: Parcel;
  /** Deliveries that this message is, decided to be sent. */
  rows: readonly DeliveryRow[];
};

/**
 * Hands over what the gates let through. What the outbox will not take after all is a refusal with the
 * outbox's own reason: nothing is dropped in silence.
 */
export async function sendWanted(
  deps: Needs,
  tx: Database,
  { acting, wanted }: { acting: Acting; wanted: readonly Wanted[] },
): Promise<{ rows: DeliveryRow[]; outcomes: EnqueueOutcome[] }> {
  const parcels = wanted.map(({ parcel }) => parcel);
  const outcomes = await handOver(deps, tx, { acting, parcels });
  const rows = wanted.flatMap(({ rows }, nth) => rows.map((row) => sent(row, outcomes[nth])));
  return { rows, outcomes };
}

function sent(row: DeliveryRow, outcome: EnqueueOutcome | undefined): DeliveryRow {
  if (!outcome) throw new Error("every parcel has an outcome");
  if (outcome.kind !== "refused") return { ...row, messageId: outcome.message.id };
  const refusal = { fate: "refused" as const, reason: outcome.code };
  const last = row.decisions.at(-1);
  const before = row.decisions.slice(0, -1);
  return { ...row, ...refusal, decisions: last ? [...before, { ...last, ...refusal }] : before };
}
