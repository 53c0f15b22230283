import { claimKey, freeKey, type KeyName, keepAnswer } from "../../db/writes/idempotency";
import type { Deps } from "../ports/deps";

/** What a request was answered, as far as it can be given again. */
export type KeptAnswer = { status: number; body: unknown };

export type OnceOutcome<T> =
  | { kind: "first"; answer: T }
  | { kind: "replayed"; kept: KeptAnswer }
  | { kind: "reused" }
  | { kind: "in_progress" };

type Input<T> = {
  name: KeyName;
  /** SHA-256 of the canonical payload, hex. */
  payloadHash: string;
  run: () => Promise<T>;
  /** null: not to be kept (a refusal that may pass, such as a rate limit). */
  keep: (answer: T) => KeptAnswer | null;
};

const DAY_MS = 86_400_000;
/** Longer than any request of ours takes. */
const LEASE_SECONDS = 60;

/**
 * Runs a request once per key (24 h): the same payload again gets the first answer, another payload
 * is `reused`, and while the first one runs the second is `in_progress`. A request that throws, or
 * whose process dies, frees its key.
 */
export async function answerOnce<T>(
  deps: Pick<Deps, "db" | "clock" | "cipher">,
  { name, payloadHash, run, keep }: Input<T>,
): Promise<OnceOutcome<T>> {
  const now = deps.clock.now();
  const forgetBefore = new Date(now.getTime() - DAY_MS);
  const claim = { ...name, payloadHash, now, forgetBefore, leaseSeconds: LEASE_SECONDS };
  const holder = await claimKey(deps.db, claim);
  if (holder) {
    if (holder.payloadHash !== payloadHash) return { kind: "reused" };
    if (holder.responseStatus === null) return { kind: "in_progress" };
    const body = openBody(deps, holder.responseBody);
    return { kind: "replayed", kept: { status: holder.responseStatus, body } };
  }
  try {
    const answer = await run();
    const kept = keep(answer);
    if (kept) await keepAnswer(deps.db, name, kept.status, sealBody(deps, kept.body));
    else await freeKey(deps.db, name);
    return { kind: "first", answer };
  } catch (error) {
    await freeKey(deps.db, name).catch(() => {
      // The database is away, which is what threw: the lease frees the key.
    });
    throw error;
  }
}

// Sealed, because an answer may carry a one-time link, of which the database keeps only the hash.
function sealBody({ cipher }: Pick<Deps, "cipher">, body: unknown) {
  return { sealed: cipher.seal(JSON.stringify(body)) };
}

function openBody({ cipher }: Pick<Deps, "cipher">, stored: unknown): unknown {
  const { sealed } = stored as ReturnType<typeof sealBody>;
  return JSON.parse(cipher.open(sealed));
}
