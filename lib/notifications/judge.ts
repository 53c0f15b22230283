import type { DeliveryDecision } from "../../db/schema";
import { type Decision, decide, ended } from "../domain/deciding/decide";
import type { Occasion } from "../domain/deciding/occasion";
import type { NotificationChannel } from "../domain/deciding/words";
import type { GivenAddress, Reach } from "./reach";
import type { NotificationRules, Recipient } from "./recipients";

export type Judged = { decision: Decision; reach: Reach };

type Judging = {
  at: Date;
  notification: Occasion["notification"] & {
    readonly toAddress: GivenAddress | null;
    /** Its words are those of its type's template. */
    readonly hasTemplate: boolean;
  };
  channel: NotificationChannel;
  recipient: Recipient;
  rules: NotificationRules;
  /** In the place of the recipient's: what leaves beside a critical one waits for no free place. */
  left?: readonly Date[];
};

/** What becomes of a notification on a channel, and how it would travel: asked by all who send or explain. */
export function judge(judging: Judging): Judged {
  const { at, notification, channel, recipient, rules } = judging;
  const { toAddress: given, hasTemplate, type } = notification;
  const reach = recipient.reach({ channel, given, event: hasTemplate ? type : null });
  const decision = decide({
    at,
    notification,
    route: reach,
    recipient,
    workspace: rules,
    history: {
      left: judging.left ?? recipient.left,
      windowEndsAt: recipient.windows.get(notification.type) ?? null,
    },
  });
  return { decision, reach };
}

/** What was to be told is pointless by now, whatever the gates would say. */
export function overtaken({ channel, recipient, notification }: Judging): Judged {
  const { toAddress: given } = notification;
  return { decision: ended("overtaken"), reach: recipient.reach({ channel, given, event: null }) };
}

/** A decision as its row keeps it. */
export function keptDecision(decision: Decision, at: Date): DeliveryDecision {
  const { releaseAt } = decision;
  return { ...decision, at: at.toISOString(), releaseAt: releaseAt?.toISOString() ?? null };
}
