import { measureSegments } from "./segments";
import type { Channel, Lane } from "./words";

/*
 * A pace is a token bucket (Sending 4): it fills by `perSecond` and holds one second's worth; what
 * leaves takes its size out. A message larger than the bucket leaves when the bucket is full, and what
 * it takes beyond that is a debt, which those after it wait for.
 */

export type Bucket = {
  /** Below zero: a debt. */
  readonly tokens: number;
  /** When they were counted, in milliseconds since 1970. */
  readonly at: number;
};

export type Paced = { readonly perSecond: number; readonly bucket: Bucket };

/** Clocks of two processes differ by less; one that is further back has been set right. */
const MAX_SKEW_MS = 5000;
/** Sums of fractions come out a hair too small. */
const EPSILON = 1e-9;

/** The bucket at this moment; null: never used, so full. A clock that goes back adds nothing. */
export function fillBucket(
  bucket: Bucket | null,
  { perSecond, nowMs }: { perSecond: number; nowMs: number },
): Paced {
  if (!bucket) return { perSecond, bucket: { tokens: perSecond, at: nowMs } };
  const elapsed = Math.max(0, nowMs - bucket.at) / 1000;
  const tokens = Math.min(perSecond, bucket.tokens + elapsed * perSecond);
  const at = bucket.at - nowMs > MAX_SKEW_MS ? nowMs : Math.max(nowMs, bucket.at);
  return { perSecond, bucket: { tokens, at } };
}

/** What is taken for a message, or given back (below zero) for one that did not leave after all. */
export function takeTokens({ perSecond, bucket }: Paced, size: number): Paced {
  const tokens = Math.min(perSecond, bucket.tokens - size);
  return { perSecond, bucket: { ...bucket, tokens } };
}

/**
 * What the bucket must hold for a message to leave.
 *
 * @param share Of what it needs, 0 to 1: who may go ahead of others needs less.
 */
export function tokensFor({ perSecond }: Paced, size: number, share = 1): number {
  return Math.min(size, perSecond) * share;
}

export function holds({ bucket }: Paced, tokens: number): boolean {
  return bucket.tokens >= tokens - EPSILON;
}

/** When the bucket will hold so much, in milliseconds since 1970. */
export function holdsAt(paced: Paced, tokens: number): number {
  const { perSecond, bucket } = paced;
  if (holds(paced, tokens)) return bucket.at;
  return bucket.at + Math.ceil(((tokens - bucket.tokens) / perSecond) * 1000 - EPSILON);
}

type Sized = { channel: Channel; body: string; hasMedia: boolean };

/** A text by SMS counts its segments; every other message is one. */
export function paceSize({ channel, body, hasMedia }: Sized): number {
  if (channel !== "sms" || hasMedia) return 1;
  return Math.max(1, measureSegments(body).segments);
}

/**
 * Accounts of a workspace share its pace without knowing of each other: an agent's reply needs half of
 * what a normal message needs, so it is before all of them.
 */
export function workspaceShare(lane: Lane): number {
  return lane === "interactive" ? 0.5 : 1;
}
