import { withinTime } from "@/lib/http/within-time";
import { checkHealth, type Health, UNAVAILABLE } from "@/lib/operations/check-health";
import type { Deps } from "@/lib/ports/deps";
import { getDeps } from "@/lib/runtime";

export const dynamic = "force-dynamic";

/** A database that does not answer within this is gone: whoever asks is told so within 2 s. */
const ANSWER_WITHIN_MS = 1500;

// One look at a time, however many ask: a frozen database is not asked again and again.
const underWay = new WeakMap<Deps, Promise<Health>>();

/** 200 as long as this instance can serve people, else 503. For everybody; holds nothing of anybody. */
export async function GET() {
  const health = (await withinTime(look(getDeps()), ANSWER_WITHIN_MS)) ?? UNAVAILABLE;
  return Response.json(health, {
    status: health.status === "unavailable" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}

function look(deps: Deps): Promise<Health> {
  const current = underWay.get(deps);
  if (current) return current;
  const since = new Date(deps.clock.now().getTime() - process.uptime() * 1000);
  const started = checkHealth(deps, { since }).finally(() => underWay.delete(deps));
  underWay.set(deps, started);
  return started;
}
