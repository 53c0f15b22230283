import { and, eq, sql } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import type { WebhookAttempt, WebhookStatus } from "../../lib/domain/webhooks/delivery";
import type { WebhookType } from "../../lib/domain/webhooks/events";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { webhookDeliveries, webhookEndpoints } from "../schema";

/** What is owed to an endpoint, taken for one attempt. */
export type ClaimedWebhook = {
  id: string;
  leaseId: string;
  workspaceId: WorkspaceId;
  endpointId: string;
  type: WebhookType;
  occurredAt: Date;
  payload: Record<string, unknown>;
  /** 1, 2 …: the one that it is taken for. */
  attempt: number;
  url: string;
  secretSealed: string;
  previousSecretSealed: string | null;
  previousUntil: Date | null;
};

type Claim = {
  leaseId: string;
  now: Date;
  /** Of the attempt, by the database's clock. */
  leaseSeconds: number;
  /** Under way at once for one endpoint, in all processes. */
  perEndpoint: number;
  limit: number;
};

/**
 * Takes what is due, over all workspaces, the oldest first and of each endpoint no more than may be under
 * way, of one that fails a single one: neither the slow nor the dead hold up others. Whoever claims holds
 * the endpoints, in the order of their ids, and counts only then.
 */
export async function claimWebhooks(sql: Sql, claim: Claim): Promise<ClaimedWebhook[]> {
  return sql.begin(async (tx) => {
    const open = await tx<Open[]>`
      select e.id, e.failing_since is not null as "isFailing" from webhook_endpoints e
      where e.is_active and exists (
        select 1 from webhook_deliveries d
        where d.endpoint_id = e.id and d.status = 'owed' and d.next_attempt_at <= ${claim.now}
          and (d.lease_until is null or d.lease_until < clock_timestamp()))
      order by e.id for no key update`;
    if (open.length === 0) return [];
    return takeDue(tx, open, claim);
  });
}

type Open = { id: string; isFailing: boolean };

async function takeDue(tx: TransactionSql, open: readonly Open[], claim: Claim) {
  const { now } = claim;
  const ids = open.map(({ id }) => id);
  const most = open.map(({ isFailing }) => (isFailing ? 1 : claim.perEndpoint));
  const rows = await tx<ClaimedWebhook[]>`
    with due as materialized (
      select d.id from unnest(${ids}::uuid[], ${most}::int[]) as open(id, most)
      cross join lateral (
        select q.id, q.next_attempt_at from webhook_deliveries q
        where q.endpoint_id = open.id and q.status = 'owed' and q.next_attempt_at <= ${now}
          and (q.lease_until is null or q.lease_until < clock_timestamp())
        order by q.next_attempt_at
        limit greatest(0, open.most - (
          select count(*) from webhook_deliveries f
          where f.endpoint_id = open.id and f.lease_id is not null
            and f.lease_until >= clock_timestamp()))
        for update of q skip locked
      ) d
      order by d.next_attempt_at limit ${claim.limit}
    )
    update webhook_deliveries d
    set attempt = d.attempt + 1, lease_id = ${claim.leaseId},
      lease_until = clock_timestamp() + make_interval(secs => ${claim.leaseSeconds})
    from due, webhook_endpoints e
    where d.id = due.id and e.id = d.endpoint_id
    returning d.id, d.lease_id as "leaseId", d.workspace_id as "workspaceId",
      d.endpoint_id as "endpointId", d.type, d.occurred_at as "occurredAt", d.payload, d.attempt,
      e.url, e.secret_sealed as "secretSealed", e.previous_secret_sealed as "previousSecretSealed",
      e.previous_until as "previousUntil"`;
  return [...rows];
}

const KEPT_ATTEMPTS = 20;

type Ended = {
  claim: Pick<ClaimedWebhook, "id" | "leaseId">;
  attempt: WebhookAttempt;
  status: WebhookStatus;
  /** Where it is owed on; null: as it is. */
  nextAttemptAt: Date | null;
  deliveredAt: Date | null;
};

/** Writes down what came of an attempt; false: its lease ran out and somebody else has taken it. */
export async function recordWebhookAttempt(tx: Database, ended: Ended): Promise<boolean> {
  const { attempts } = webhookDeliveries;
  const kept = sql`case when jsonb_array_length(${attempts}) >= ${KEPT_ATTEMPTS}::int
    then ${attempts} - 0 else ${attempts} end`;
  const rows = await tx
    .update(webhookDeliveries)
    .set({
      status: ended.status,
      attempts: sql`${kept} || ${JSON.stringify([ended.attempt])}::jsonb`,
      ...(ended.nextAttemptAt && { nextAttemptAt: ended.nextAttemptAt }),
      deliveredAt: ended.deliveredAt,
      leaseId: null,
      leaseUntil: null,
    })
    .where(
      and(
        eq(webhookDeliveries.id, ended.claim.id),
        eq(webhookDeliveries.leaseId, ended.claim.leaseId),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return rows.length > 0;
}

/** What is known of an endpoint's health, held until the transaction ends. */
export async function lockEndpointHealth(tx: Database, endpointId: string) {
  const [row] = await tx
    .select({ failingSince: webhookEndpoints.failingSince, isActive: webhookEndpoints.isActive })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpointId))
    .for("no key update");
  return row ?? null;
}

type Health = Pick<typeof webhookEndpoints.$inferInsert, "failingSince" | "isActive"> &
  Pick<Partial<typeof webhookEndpoints.$inferInsert>, "disabledAt" | "disabledReason">;

export async function updateEndpointHealth(tx: Database, endpointId: string, health: Health) {
  await tx.update(webhookEndpoints).set(health).where(eq(webhookEndpoints.id, endpointId));
}
