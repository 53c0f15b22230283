const DISABLED_AFTER_DAYS = 5;
const DAY_MS = 86_400_000;

/**
 * The first failure since the last success, after one more attempt; null: the last attempt succeeded.
 *
 * @param ended the attempt's end and whether the endpoint took it
 */
export function failingSince(
  before: Date | null,
  ended: { at: Date; isDelivered: boolean },
): Date | null {
  if (ended.isDelivered) return null;
  return before !== null && before < ended.at ? before : ended.at;
}

/**
 * Is an endpoint to be disabled: has nothing reached it for 5 days? To be asked when an attempt has just
 * failed, never by a clock alone: of an endpoint to which nothing was sent since, nothing is known.
 *
 * @param since as `failingSince` gives it
 */
export function isToBeDisabled(since: Date | null, at: Date): boolean {
  return since !== null && at.getTime() - since.getTime() >= DISABLED_AFTER_DAYS * DAY_MS;
}
