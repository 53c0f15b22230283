import { withinTime } from "../http/within-time";

/** Milliseconds. Far beyond what the busiest database takes to find one row. */
const ANSWER_WITHIN_MS = 4000;

/** The database accepts what it is asked and says nothing. */
class NoAnswer extends Error {
  readonly code = "NO_ANSWER";
}

/**
 * What the first question of a request comes to. Who calls is asked before anything else is done, so
 * a request that meets a database which hangs is turned away here, at once and with nothing half done.
 *
 * @throws an error that `isDatabaseGone` knows when there is no answer in time
 */
export async function firstAnswer<T>(work: Promise<T>): Promise<T> {
  const answer = await withinTime(
    work.then((value) => ({ value })),
    ANSWER_WITHIN_MS,
  );
  if (!answer) throw new NoAnswer("the database did not answer in time");
  return answer.value;
}
