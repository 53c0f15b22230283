/** The waits of sending in seconds (Sending 3, 4, 6); tests may divide them by `scale`. */
export type SendingTimes = {
  /** Of the row that makes a dispatcher the only one of its account. */
  readonly dispatcherLease: number;
  readonly renewEvery: number;
  /** Of an attempt: without an end after this it is unconfirmed. */
  readonly attemptLease: number;
  /** No create starts later than this after its claim. */
  readonly startWithin: number;
  readonly runBudget: number;
  /** How long an unconfirmed message holds up those behind it at most (Sending 3). */
  readonly unconfirmedBlocks: number;
};

/** Creates end within 10 s, so a claim's 20 s hold a late start, the create and its recording. */
export function sendingTimes(scale: number): SendingTimes {
  return {
    dispatcherLease: 15 / scale,
    renewEvery: 5 / scale,
    attemptLease: 20 / scale,
    startWithin: 5 / scale,
    runBudget: 20,
    unconfirmedBlocks: 600 / scale,
  };
}

/** Messages unconfirmed since this moment or later still block. */
export function settledBefore(now: Date, times: SendingTimes): Date {
  return new Date(now.getTime() - times.unconfirmedBlocks * 1000);
}
