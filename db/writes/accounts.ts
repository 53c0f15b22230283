import type { Sql } from "../client";

type SendingState = {
  accountId: string;
  sendWindow: number;
  breakerUntil: Date | null;
  breakerFailures: number;
};

/** Keeps what a run has learned about its provider: the window and the circuit breaker. */
export async function saveSendingState(sql: Sql, state: SendingState) {
  await sql`
    update accounts set send_window = ${state.sendWindow}, breaker_until = ${state.breakerUntil},
      breaker_failures = ${state.breakerFailures}
    where id = ${state.accountId}`;
}
