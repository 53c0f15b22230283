/**
 * A request and an answer as plain data: what a webhook door works with, so that Next's route
 * handler and the server's fast lane can share it.
 */
export type RawRequest = {
  readonly method: string;
  /** Path and raw query, as received. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly remoteAddress: string | null;
};

export type RawResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
