/** A doorbell: says that there is work, carries no data that matters. */
export type Bell =
  /** Outbound messages of this account can be claimed from `at` on. */
  | { readonly kind: "dispatch"; readonly accountId: string; readonly at: Date }
  /** Media of received messages wait to be fetched. */
  | { readonly kind: "media"; readonly at: Date }
  /** Endpoints are owed events. */
  | { readonly kind: "webhooks"; readonly at: Date };

export interface Jobs {
  /** Call after the commit. Never throws: a bell that is lost is found by the minute's sweep. */
  ring(bells: readonly Bell[]): Promise<void>;
}
