import { setTimeout as sleep } from "node:timers/promises";
import { type ClaimedWebhook, claimWebhooks } from "../../db/writes/webhook-deliveries";
import { writeWebhookBody } from "../domain/webhooks/envelope";
import type { Deps } from "../ports/deps";
import type { PostedWebhook } from "../ports/webhooks";
import { type PostEnd, recordPost } from "./record-post";
import { type SignatureHeaders, signWebhook } from "./sign";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "log" | "jobs" | "webhooks" | "settings"
>;

export type WebhookReport = Record<PostEnd, number>;

/** Under way at once in a run, and for one endpoint in all processes. */
const MOST_AT_ONCE = 64;
const PER_ENDPOINT = 4;
/** Longer than a POST may take; after it another run may try. */
const LEASE_SECONDS = 40;
const RUN_BUDGET_MS = 20_000;
/** A run that waits for a slow endpoint sees what has come for others meanwhile. */
const LOOK_EVERY_MS = 500;

/**
 * Posts what endpoints are owed and is due, over all workspaces, in a sliding window: as a POST ends,
 * the next leaves. Each is tried by the schedule of `afterAttempt`, at least once and always under the
 * same `webhook-id`: what a process was posting when it died is posted again when its lease runs out.
 *
 * @throws when the database does not answer
 */
export async function deliverWebhooks(
  deps: Needs,
  { leaseSeconds = LEASE_SECONDS }: { leaseSeconds?: number } = {},
): Promise<WebhookReport> {
  const report: WebhookReport = { delivered: 0, owed: 0, failed: 0, lost: 0 };
  const running = new Set<Promise<void>>();
  const faults: unknown[] = [];
  const start = (claim: ClaimedWebhook) => {
    const one = deliver(deps, claim)
      .then((end) => {
        report[end] += 1;
      })
      .catch((error: unknown) => void faults.push(error))
      .finally(() => running.delete(one));
    running.add(one);
  };
  const endsAt = deps.clock.monotonic() + RUN_BUDGET_MS;
  const isOver = () => deps.clock.monotonic() >= endsAt;
  for (;;) {
    const limit = isOver() || faults.length > 0 ? 0 : MOST_AT_ONCE - running.size;
    if (limit > 0) for (const claim of await claimDue(deps, { leaseSeconds, limit })) start(claim);
    if (running.size === 0) break;
    await Promise.race([...running, untilNextLook()]);
  }
  if (faults.length > 0) throw faults[0];
  if (isOver()) await deps.jobs.ring([{ kind: "webhooks", at: now(deps) }]);
  return report;
}

function claimDue(deps: Needs, claim: { leaseSeconds: number; limit: number }) {
  const leaseId = deps.chance.uuid();
  const perEndpoint = PER_ENDPOINT;
  return claimWebhooks(deps.sql, { ...claim, leaseId, perEndpoint, now: now(deps) });
}

async function deliver(deps: Needs, claim: ClaimedWebhook): Promise<PostEnd> {
  const at = now(deps);
  const startedAt = deps.clock.monotonic();
  const answer = await post(deps, claim, at);
  const latencyMs = Math.round(deps.clock.monotonic() - startedAt);
  return recordPost(deps, { claim, at, answer, latencyMs });
}

async function post(deps: Needs, claim: ClaimedWebhook, at: Date): Promise<PostedWebhook> {
  const { type: event, occurredAt, payload: data } = claim;
  const body = writeWebhookBody({ event, occurredAt, data });
  const signature = sign(deps, { claim, at, body });
  if (!signature) {
    const error = "its secret cannot be opened: rotate it";
    return { httpStatus: null, error, retryAfter: null, excerpt: null };
  }
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Carillon-Webhooks/1",
    ...signature,
  };
  return deps.webhooks.post({ url: claim.url, headers, body });
}

type Signing = { claim: ClaimedWebhook; at: Date; body: string };

/** One endpoint sealed with a lost key must not hold up the others. */
function sign(deps: Needs, { claim, at, body }: Signing): SignatureHeaders | null {
  const { id, secretSealed, previousSecretSealed, previousUntil } = claim;
  const isOverlap = previousUntil !== null && previousUntil > at;
  const sealed = [secretSealed, isOverlap ? previousSecretSealed : null];
  try {
    const secrets = sealed.flatMap((one) => (one === null ? [] : [deps.cipher.open(one)]));
    return signWebhook({ id, at, body, secrets });
  } catch (error) {
    const fields = { endpointId: claim.endpointId, error: String(error) };
    deps.log.error(fields, "[WEBHOOKS] A secret cannot be opened");
    return null;
  }
}

function now(deps: Pick<Deps, "clock">): Date {
  return deps.clock.now();
}

function untilNextLook(): Promise<void> {
  return sleep(LOOK_EVERY_MS, undefined, { ref: false });
}
