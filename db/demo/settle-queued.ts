import { and, eq, sql } from "drizzle-orm";
import { EMAIL_CODES } from "../../lib/domain/email-codes";
import { measureSegments } from "../../lib/domain/segments";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { attempts, messages, spendingDeltas, timeline } from "../schema";
import { demoId, demoSid, milestones } from "./build";
import { attemptRow, travelRows } from "./load-messages";
import { spendingOf } from "./spending";

export type MessageRow = typeof messages.$inferSelect;

type Settling = {
  workspaceId: WorkspaceId;
  /** Addresses that nothing reaches this time. */
  unreachable: readonly string[];
};

/**
 * What the networks made of what was put into the outbox in the past. Nothing leaves.
 *
 * @returns the messages as they are now; what is told of them (`tellSettled`) can wait
 */
export async function settleQueued(
  tx: Database,
  { workspaceId, unreachable }: Settling,
): Promise<MessageRow[]> {
  const waiting = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.status, "queued"),
        // The queued ones of the scripts were tried.
        eq(messages.attempt, 0),
      ),
    )
    .orderBy(messages.createdAt, messages.id);
  if (waiting.length === 0) return [];
  const rows = waiting.map((row) => travelled(row, unreachable.includes(row.toAddress)));
  await update(tx, rows);
  await tx.insert(attempts).values(rows.map(attemptRow));
  return rows;
}

/** The timelines of settled messages, and what they have cost. */
export async function tellSettled(tx: Database, rows: readonly MessageRow[]) {
  if (rows.length > 0) await tx.insert(timeline).values(rows.flatMap(travelRows));
  const spent = rows.flatMap(spendingOf);
  if (spent.length > 0) await tx.insert(spendingDeltas).values(spent);
}

/** A phone that was off, or a mailbox that is gone. */
const LOST = { sms: "30003", whatsapp: "30003", email: EMAIL_CODES.bounced };

function travelled(row: MessageRow, isLost: boolean): MessageRow {
  const { channel, createdAt, id } = row;
  const status = isLost ? "undelivered" : channel === "whatsapp" ? "read" : "delivered";
  return {
    ...row,
    ...milestones(status, createdAt),
    status,
    attempt: 1,
    attemptsCounted: 1,
    providerId: channel === "email" ? demoId(`mail ${id}`, createdAt) : demoSid("SM", id),
    segments: channel === "sms" ? measureSegments(row.body).segments : null,
    ...(isLost && { errorCode: LOST[channel], statusReason: "permanent" }),
  };
}

async function update(tx: Database, rows: readonly MessageRow[]) {
  await tx.execute(sql`
    update ${messages} m set status = g.status, attempt = g.attempt,
      attempts_counted = g."attemptsCounted", provider_id = g."providerId", segments = g.segments,
      error_code = g."errorCode", status_reason = g."statusReason", sent_at = g."sentAt",
      delivered_at = g."deliveredAt", read_at = g."readAt", failed_at = g."failedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(
      id uuid, status text, attempt int, "attemptsCounted" int, "providerId" text, segments int,
      "errorCode" text, "statusReason" text, "sentAt" timestamptz, "deliveredAt" timestamptz,
      "readAt" timestamptz, "failedAt" timestamptz)
    where m.id = g.id`);
}
