import type { Database } from "../../db/client";
import { raiseAlert } from "../../db/writes/admin-alerts";
import {
  type ClaimedWebhook,
  lockEndpointHealth,
  recordWebhookAttempt,
  updateEndpointHealth,
} from "../../db/writes/webhook-deliveries";
import { failingSince, isToBeDisabled } from "../domain/webhooks/endpoint-health";
import { type AttemptEnd, afterAttempt, readWait } from "../domain/webhooks/retry";
import type { Deps } from "../ports/deps";
import type { PostedWebhook } from "../ports/webhooks";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "chance" | "log" | "jobs" | "settings">;

/** `owed`: still. `failed`: given up. `lost`: its lease ran out, and somebody else tells its end. */
export type PostEnd = "delivered" | "owed" | "failed" | "lost";

type Posted = {
  claim: ClaimedWebhook;
  /** When it began. */
  at: Date;
  answer: PostedWebhook;
  latencyMs: number;
};

/** What `admin_alerts.kind` says of an endpoint that is sent nothing any more. */
const DISABLED = "webhook_endpoint_disabled";
/** A bell is rung for the next attempt within this time; what is further off is found by the sweep. */
const NEAR_MS = 60_000;

/**
 * Writes down what came of a POST, and plans the next one. Five days in which nothing reached the
 * endpoint, or its answer 410, disable it, which administrators are told.
 *
 * @throws when the database does not answer; then it is posted again
 */
export async function recordPost(deps: Needs, posted: Posted): Promise<PostEnd> {
  const { claim, answer } = posted;
  const endedAt = deps.clock.now();
  const end = decide(deps, posted, endedAt);
  const disabled = await deps.db.transaction(async (tx) => {
    if (!(await record(tx, posted, end, endedAt))) return "lost" as const;
    return noteHealth(tx, { claim, end, endedAt });
  });
  if (disabled === "lost") return "lost";
  const { endpointId, type, attempt } = claim;
  const { httpStatus, error } = answer;
  deps.log.debug({ endpointId, type, attempt, httpStatus, error }, "[WEBHOOKS] posted");
  if (disabled) await tell(deps, posted, disabled);
  if (end.kind === "retry") await ringIfNear(deps, end.at, endedAt);
  return endOf(end);
}

function endOf(end: AttemptEnd): PostEnd {
  switch (end.kind) {
    case "delivered":
      return "delivered";
    case "given_up":
      return "failed";
    case "retry":
    case "gone":
      return "owed";
    default:
      return end satisfies never;
  }
}

function decide(deps: Needs, { claim, answer }: Posted, at: Date): AttemptEnd {
  const { httpStatus } = answer;
  const retryAfter = readWait(answer.retryAfter, at);
  const random = deps.chance.random();
  return afterAttempt({
    attempt: claim.attempt,
    answer: { httpStatus, retryAfter },
    at,
    random,
    scale: deps.settings.timeScale,
  });
}

/** What was answered with 410 stays owed: it leaves if somebody enables the endpoint again. */
function record(tx: Database, posted: Posted, end: AttemptEnd, endedAt: Date) {
  const { claim, at, answer, latencyMs } = posted;
  const { httpStatus, error, excerpt } = answer;
  const isDelivered = end.kind === "delivered";
  const settled = end.kind === "given_up" ? "failed" : "owed";
  return recordWebhookAttempt(tx, {
    claim,
    attempt: { at: at.toISOString(), httpStatus, error, excerpt, latencyMs },
    status: isDelivered ? "delivered" : settled,
    nextAttemptAt: end.kind === "retry" ? end.at : null,
    deliveredAt: isDelivered ? endedAt : null,
  });
}

type DisabledBecause = "failing" | "gone";

/** @returns why the endpoint has just been disabled; null: it was not */
async function noteHealth(
  tx: Database,
  { claim, end, endedAt }: { claim: ClaimedWebhook; end: AttemptEnd; endedAt: Date },
): Promise<DisabledBecause | null> {
  const health = await lockEndpointHealth(tx, claim.endpointId);
  if (!health) return null;
  const isDelivered = end.kind === "delivered";
  const since = failingSince(health.failingSince, { at: endedAt, isDelivered });
  const isFailing = isToBeDisabled(since, endedAt);
  const because = end.kind === "gone" ? "gone" : isFailing ? "failing" : null;
  if (!because || !health.isActive) {
    if (since?.getTime() !== health.failingSince?.getTime()) {
      const { isActive } = health;
      await updateEndpointHealth(tx, claim.endpointId, { failingSince: since, isActive });
    }
    return null;
  }
  await updateEndpointHealth(tx, claim.endpointId, {
    failingSince: since,
    isActive: false,
    disabledAt: endedAt,
    disabledReason: because,
  });
  return because;
}

async function tell(deps: Needs, { claim, answer }: Posted, because: DisabledBecause) {
  const { workspaceId, endpointId, url } = claim;
  await raiseAlert(deps.sql, {
    id: deps.chance.uuid(),
    workspaceId,
    kind: DISABLED,
    targetId: endpointId,
    errorCode: because,
    data: { url, lastAnswer: answer.httpStatus === null ? answer.error : `${answer.httpStatus}` },
    now: deps.clock.now(),
  });
  deps.log.error({ workspaceId, endpointId, because }, "[WEBHOOKS] An endpoint is disabled");
}

async function ringIfNear(deps: Needs, at: Date, now: Date) {
  if (at.getTime() - now.getTime() > NEAR_MS) return;
  await deps.jobs.ring([{ kind: "webhooks", at }]);
}
