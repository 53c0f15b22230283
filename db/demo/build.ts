import { createHash } from "node:crypto";
import type { MessageStatus } from "../../lib/domain/words";
import type { Line, Moment, OurLine, Script, TheirLine } from "./script";

/** Turns a script into dated lines with numbers; nothing here is left to chance. */

export type BuiltMessage = {
  line: TheirLine | OurLine;
  /** Its place in the script, by which later lines quote it. */
  position: number;
  seq: number | null;
  /** Is it one of inboundCount? */
  counts: boolean;
  at: Date;
};
export type BuiltAct = { line: Extract<Line, { act: string }>; afterSeq: number; at: Date };

export type BuiltScript = {
  startedAt: Date;
  endedAt: Date;
  messages: BuiltMessage[];
  acts: BuiltAct[];
  lastSeq: number;
  /** Inbound messages that count as unread: those of blocked people do not. */
  inboundCount: number;
};

const MINUTE = 60_000;
/** Minutes between two lines where the script does not say. */
const PAUSE = { them: 6, us: 3 };

export function buildScript(script: Script, now: Date): BuiltScript {
  const gaps = script.lines.map((line, index) =>
    index === 0 ? 0 : (line.after ?? (line.by === "them" ? PAUSE.them : PAUSE.us)),
  );
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const endedAt = momentOf(script.ended, now);
  const startedAt = new Date(endedAt.getTime() - total * MINUTE);
  const built: BuiltScript = {
    startedAt,
    endedAt,
    messages: [],
    acts: [],
    lastSeq: 0,
    inboundCount: 0,
  };
  let at = startedAt.getTime();
  let isBlocked = false;
  for (const [position, line] of script.lines.entries()) {
    at += (gaps[position] ?? 0) * MINUTE;
    if ("act" in line) {
      if (line.act === "blocked") isBlocked = true;
      built.acts.push({ line, afterSeq: built.lastSeq, at: new Date(at) });
      continue;
    }
    const isScheduled = line.by !== "them" && line.status === "scheduled";
    if (!isScheduled) built.lastSeq += 1;
    const counts = line.by === "them" && !isBlocked;
    if (counts) built.inboundCount += 1;
    const seq = isScheduled ? null : built.lastSeq;
    built.messages.push({ line, position, seq, counts, at: new Date(at) });
  }
  return built;
}

/** Hours are those of Paris in winter: in summer the demo's days begin an hour later. */
function momentOf(moment: Moment, now: Date): Date {
  if ("minutesAgo" in moment) return new Date(now.getTime() - moment.minutesAgo * MINUTE);
  const [hour, minute] = moment.at.split(":").map(Number);
  const day = new Date(now.getTime() - moment.daysAgo * 24 * 60 * MINUTE);
  day.setUTCHours((hour ?? 0) - 1, minute ?? 0, 0, 0);
  return day;
}

/** A UUIDv7 of that moment whose other bits come from a name: the same for the same clock. */
export function demoId(name: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  const rest = hexOf(name, 20);
  const variant = ((Number.parseInt(rest.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}

/** A provider's id: its two letters and 32 hex digits that come from a name. */
export function demoSid(prefix: "AC" | "SM" | "MM", name: string): string {
  return `${prefix}${hexOf(name, 32)}`;
}

/** A secret that everybody can compute, as everything of the demo is. */
export function demoToken(name: string): string {
  return hexOf(`token of ${name}`, 32);
}

function hexOf(name: string, length: number): string {
  return createHash("sha256").update(`carillon demo: ${name}`).digest("hex").slice(0, length);
}

/** When a message of this status was sent, delivered, read or failed: seconds after it was written. */
export function milestones(status: MessageStatus, at: Date) {
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);
  const sent = { sentAt: after(2) };
  switch (status) {
    case "sent":
      return sent;
    case "delivered":
      return { ...sent, deliveredAt: after(5) };
    case "read":
      return { ...sent, deliveredAt: after(4), readAt: after(70) };
    case "undelivered":
      return { ...sent, failedAt: after(31) };
    case "failed":
    case "expired":
      return { failedAt: after(3) };
    // Looked for at the provider long ago, in vain: it waits for a person.
    case "unconfirmed":
    case "scheduled":
    case "queued":
    case "sending":
    case "accepted":
    case "canceled":
    case "paused":
    case "received":
      return {};
    default:
      return status satisfies never;
  }
}
