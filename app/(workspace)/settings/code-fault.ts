type NoCode =
  | { kind: "throttled"; waitSeconds: number }
  /** A gate's reason, or one of the outbox. */
  | { kind: "refused"; reason: string };

/** Why no code is on its way, or none was compared. */
export function codeFault(outcome: NoCode) {
  if (outcome.kind === "refused") return { ok: false as const, code: outcome.reason };
  const { waitSeconds } = outcome;
  return { ok: false as const, code: "throttled", data: { waitSeconds } };
}
