import type { NotificationRules } from "../../db/queries/notification-rules";
import type { DeliveryDecision } from "../../db/schema";
import { type Decision, decide, ended } from "../domain/deciding/decide";
import { decideNext, NEXT_CHANNELS, type ReplacedChannel } from "../domain/deciding/next-channel";
import type { Occasion } from "../domain/deciding/occasion";
import type { NotificationChannel } from "../domain/deciding/words";
import type { GivenAddress, Reach } from "./reach";
import type { Recipient } from "./recipients";

export type Judged = { decision: Decision; reach: Reach };

/** A decision about a channel that was asked for, or that stands in for one. */
export type JudgedChannel = Judged & {
  channel: NotificationChannel;
  insteadOf: ReplacedChannel | null;
};

type JudgingAll = {
  at: Date;
  notification: Occasion["notification"] & {
    readonly toAddress: GivenAddress | null;
    /** Its words are those of its type's template. */
    readonly hasTemplate: boolean;
    /** What fills them. */
    readonly data: Readonly<Record<string, unknown>>;
  };
  recipient: Recipient;
  rules: NotificationRules;
  /** In the place of the recipient's: what leaves beside a critical one waits for no free place. */
  left?: readonly Date[];
  /** WhatsApp has refused the text, since its window is closed, whatever we know of it. */
  isWindowClosed?: boolean;
};
type Judging = JudgingAll & { channel: NotificationChannel };

/** What becomes of a notification on a channel, and how it would travel: asked by all who send or explain. */
export function judge(judging: Judging): Judged {
  const occasion = occasionOf(judging);
  return { decision: decide(occasion), reach: occasion.route };
}

/** The same on every channel that is asked for, and on the one that stands in for a closed WhatsApp. */
export function judgeChannels(
  judging: JudgingAll,
  asked: readonly NotificationChannel[],
): JudgedChannel[] {
  const own = asked.map((channel): JudgedChannel => {
    return { channel, insteadOf: null, ...judge({ ...judging, channel }) };
  });
  const isClosed = own.some(({ decision }) => decision.reason === "whatsapp_window_closed");
  return isClosed ? [...own, ...judgeNext(judging, asked)] : own;
}

/**
 * What stands in for WhatsApp, whose 24 h are over (decideNext).
 *
 * @param decided channels that are decided by themselves
 * @returns none, or one
 */
export function judgeNext(
  judging: JudgingAll,
  decided: readonly NotificationChannel[],
): JudgedChannel[] {
  const others = NEXT_CHANNELS.map((channel) => {
    const { route } = occasionOf({ ...judging, channel });
    return { route, isAsked: decided.includes(channel) };
  });
  const next = decideNext(occasionOf({ ...judging, channel: "whatsapp" }), others);
  if (!next) return [];
  const { route: reach, decision } = next;
  return [{ channel: reach.channel, insteadOf: "whatsapp", decision, reach }];
}

function occasionOf(judging: Judging): Occasion & { route: Reach } {
  const { at, notification, channel, recipient, rules } = judging;
  const { toAddress: given, hasTemplate, type: event, data } = notification;
  const told = hasTemplate ? { event, data } : null;
  return {
    at,
    notification,
    route: asRefused(judging, recipient.reach({ channel, given, told })),
    recipient,
    workspace: rules,
    history: {
      left: judging.left ?? recipient.left,
      windowEndsAt: recipient.windows.get(event) ?? null,
    },
  };
}

/** An approved text goes through a closed window too. */
function asRefused({ isWindowClosed = false }: JudgingAll, reach: Reach): Reach {
  const { channel, fault, needsApproved } = reach;
  if (!isWindowClosed || channel !== "whatsapp" || needsApproved) return reach;
  return { ...reach, fault: fault ?? "whatsapp_window_closed" };
}

/** What was to be told is pointless by now, whatever the gates would say. */
export function overtaken(
  judging: JudgingAll,
  asked: readonly NotificationChannel[],
): JudgedChannel[] {
  return asked.map((channel) => {
    const { route: reach } = occasionOf({ ...judging, channel });
    return { channel, insteadOf: null, decision: ended("overtaken"), reach };
  });
}

/** A decision as its row keeps it. */
export function keptDecision(decision: Decision, at: Date): DeliveryDecision {
  const { releaseAt } = decision;
  return { ...decision, at: at.toISOString(), releaseAt: releaseAt?.toISOString() ?? null };
}
