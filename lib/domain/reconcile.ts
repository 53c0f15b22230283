import { plainTypography } from "./cheapen-text";

/** A message that may have left, as its attempt left it. All to one number, from one sender. */
export type Unconfirmed = {
  readonly messageId: string;
  readonly body: string;
  readonly mediaCount: number;
  /** When its attempt began, ms since 1970. */
  readonly startedAt: number;
};

/** A message to that number from that sender in the provider's list. */
export type Listed = {
  readonly providerId: string;
  readonly body: string;
  readonly mediaCount: number;
  /** ms since 1970, by the provider's clock. */
  readonly createdAt: number;
};

export type Finding =
  /** The provider has it under this id. */
  | { readonly kind: "found"; readonly messageId: string; readonly providerId: string }
  | { readonly kind: "not_there"; readonly messageId: string }
  /** Something else went to that number at that time: it cannot be told whether it was this. */
  | { readonly kind: "doubtful"; readonly messageId: string };

/** The provider's clock may be ahead of or behind ours. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** How far before the first attempt the provider's list has to reach. */
export const LIST_SINCE_MS = CLOCK_SKEW_MS;
/** A create may be worked on after its connection broke, and the clocks differ on this side too. */
const LATEST_MS = 5 * 60_000;

/**
 * Looks for unconfirmed messages among what the provider has and we do not know (Sending 6). Of n
 * identical ones and k entries, k are found: the oldest of both first.
 *
 * @param listed without those whose ids are known as another message's
 */
export function findUnconfirmed(
  unconfirmed: readonly Unconfirmed[],
  listed: readonly Listed[],
): Finding[] {
  const left = new Set(listed.toSorted((a, b) => a.createdAt - b.createdAt));
  const missing: Unconfirmed[] = [];
  const findings: Finding[] = [];
  for (const message of unconfirmed.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const entry = [...left].find((one) => isWithin(message, one) && isSame(message, one));
    if (!entry) {
      missing.push(message);
      continue;
    }
    left.delete(entry);
    findings.push({ kind: "found", messageId: message.messageId, providerId: entry.providerId });
  }
  for (const message of missing) {
    const isDoubtful = [...left].some((one) => isWithin(message, one));
    const kind = isDoubtful ? "doubtful" : "not_there";
    findings.push({ kind, messageId: message.messageId });
  }
  return findings;
}

function isWithin({ startedAt }: Unconfirmed, { createdAt }: Listed): boolean {
  return createdAt >= startedAt - CLOCK_SKEW_MS && createdAt <= startedAt + LATEST_MS;
}

function isSame(message: Unconfirmed, entry: Listed): boolean {
  return message.mediaCount === entry.mediaCount && foldBody(message) === foldBody(entry);
}

/** What trial accounts put before every body. */
const TRIAL_PREFIX = /^Sent from your Twilio trial account - /;

/** The provider writes plain typography for dear characters, and trims. */
function foldBody({ body }: { body: string }): string {
  return plainTypography(body.replace(TRIAL_PREFIX, ""))
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Seconds. */
export type LookTimes = {
  /** From the end of the attempt, or of its lease, to the first look. */
  readonly first: number;
  /** Between looks that found nothing. */
  readonly again: number;
  /** To the next try where a look could not be made or not be judged. */
  readonly postponed: number;
};

/** Sending 6; tests may divide them by `scale`. */
export function lookTimes(scale: number): LookTimes {
  return { first: 30 / scale, again: 60 / scale, postponed: 10 / scale };
}

/** Looks that must have found nothing before it is believed. */
const LOOKS_TO_BELIEVE = 2;

export type LookStep = "adopt" | "look_again" | "requeue" | "ask";

/** @param looks earlier looks at this attempt that were judged */
export function nextLookStep(kind: Finding["kind"], looks: number): LookStep {
  if (kind === "found") return "adopt";
  if (looks + 1 < LOOKS_TO_BELIEVE) return "look_again";
  return kind === "not_there" ? "requeue" : "ask";
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** Seconds after a send at which a receipt that has not come is asked about. */
const RECEIPT_LOOKS = [2 * MINUTE, 10 * MINUTE, 60 * MINUTE, DAY, 2 * DAY, 3 * DAY];

/**
 * When to ask about a missing receipt next (Message status): 2, 10 and 60 minutes after the send, then
 * daily for three days.
 *
 * @param looks how often it has been asked about
 * @param scale divides the waits (tests)
 * @returns null: it will not come any more
 */
export function nextReceiptLook(sentAt: Date, looks: number, scale: number): Date | null {
  const seconds = RECEIPT_LOOKS[looks];
  return seconds === undefined ? null : new Date(sentAt.getTime() + (seconds * 1000) / scale);
}
