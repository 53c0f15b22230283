import type { Channel, MessageStatus } from "../words";

/** How long messages took from when they were due until a provider had them. */
export type Delays = {
  /** Messages that a provider has taken. */
  measured: number;
  /** Seconds; null: nothing was measured. */
  median: number | null;
  p95: number | null;
};

/** What waits at a moment. */
export type Backlog = {
  /** Due, and not handed over. */
  waiting: number;
  sending: number;
  /** Put off by whoever wrote them. */
  scheduled: number;
  /** Perhaps sent. */
  unconfirmed: number;
  /** Until somebody mends something. */
  paused: number;
  /** Deliveries that gates keep. */
  held: number;
  bundled: number;
};

/** `sent` and `failed` of one column of a chart, for one channel or type. */
export type ColumnPart = { at: string; key: string; sent: number; failed: number };

/** A message of ours as a list of the newest shows it. */
export type SentLately = {
  id: string;
  createdAt: string;
  conversationId: string;
  notificationId: string | null;
  channel: Channel;
  type: string;
  status: MessageStatus;
  recipient: string;
  errorCode: string | null;
  /** Seconds; null: no provider has it. */
  delay: number | null;
};
