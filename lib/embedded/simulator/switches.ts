import { z } from "zod";

const percent = z.number().min(0).max(100);
const milliseconds = z.int().min(0).max(3_600_000);

/**
 * Everything that can be made to go wrong, for one phone or for all. A phone's own values win over
 * the network's. Percentages draw from the seeded dice, so a run can be repeated.
 */
export const switchesSchema = z.strictObject({
  /** The create is refused with this code: 21610 opted out, 21614 landline, 21408, 21211 … */
  refuseWith: z.int().min(10000).max(99999).nullable(),
  /** The message is accepted and later `undelivered` with this code: 30003 unreachable, 30005 … */
  failWith: z.int().min(10000).max(99999).nullable(),
  /** The create is taken at once and answered this late: receipts may overtake the answer. */
  slowMs: milliseconds,
  /** Answered 429 (20429), not taken. */
  throttlePercent: percent,
  /** Answered 500 (20500), not taken. */
  errorPercent: percent,
  /** Taken, then answered 500. */
  acceptedErrorPercent: percent,
  /** Taken, then the connection is reset. */
  acceptedResetPercent: percent,
  /** Taken, then never answered. */
  acceptedHangPercent: percent,
  /** Taken, then answered 201 with a body that is no JSON. */
  acceptedGarbagePercent: percent,
  /** Status callbacks are posted at all. */
  receipts: z.boolean(),
  /** Also call back for `queued` when the sender was named (Twilio does so for services only). */
  queuedReceipt: z.boolean(),
  doubledReceiptsPercent: percent,
  droppedReceiptsPercent: percent,
  /** Receipts before the last are held back until it has been told. */
  reorderedReceipts: z.boolean(),
  receiptDelayMs: milliseconds,
  /** From taken to sent, from sent to delivered, from delivered to read (WhatsApp). */
  sentAfterMs: milliseconds,
  deliveredAfterMs: milliseconds,
  readAfterMs: milliseconds,
  /** A sent message shows its price this much later. */
  pricedAfterMs: milliseconds,
  /** WhatsApp people open what they get. */
  reads: z.boolean(),
});

export type Switches = z.infer<typeof switchesSchema>;

/** Network-wide only: a phone cannot be down for everybody. */
export const networkSwitchesSchema = switchesSchema.extend({
  /** Every connection is destroyed, nothing is taken. */
  down: z.boolean(),
  /** More REST requests than this at once are answered 429; null: no limit. */
  concurrencyLimit: z.int().min(1).nullable(),
});

export type NetworkSwitches = z.infer<typeof networkSwitchesSchema>;

export const calmSwitches: NetworkSwitches = {
  refuseWith: null,
  failWith: null,
  slowMs: 0,
  throttlePercent: 0,
  errorPercent: 0,
  acceptedErrorPercent: 0,
  acceptedResetPercent: 0,
  acceptedHangPercent: 0,
  acceptedGarbagePercent: 0,
  receipts: true,
  queuedReceipt: false,
  doubledReceiptsPercent: 0,
  droppedReceiptsPercent: 0,
  reorderedReceipts: false,
  receiptDelayMs: 0,
  sentAfterMs: 150,
  deliveredAfterMs: 600,
  readAfterMs: 1500,
  pricedAfterMs: 300,
  reads: true,
  down: false,
  concurrencyLimit: null,
};
