import type { z } from "zod";
import type { NotificationDetail } from "@/db/queries/notification-detail";
import type { Trail, TrailAttempt } from "@/db/queries/notification-trail";
import { gateName, openSentence } from "@/lib/domain/deciding/gate-sentence";
import { askedRequest } from "@/lib/domain/history/asked-request";
import type { Locale } from "@/lib/domain/words";
import { type deliveryWriter, toNotification } from "./answers";
import type { getNotification } from "./schema";

type Body = z.input<NonNullable<(typeof getNotification)["response"]["schema"]>>;
type Delivery = NotificationDetail["deliveries"][number];
type Write = Awaited<ReturnType<typeof deliveryWriter>>;

/** A notification with all that was decided and tried. */
export function toDetail(write: Write, row: NotificationDetail, locale: Locale): Body {
  const deliveries = row.deliveries.map((delivery) => ({
    ...write(delivery),
    messageId: delivery.messageId,
    decisions: delivery.decisions.map((one) => toDecision(write, delivery, one, locale)),
    messages: delivery.trails.map(toTrail),
  }));
  return { ...toNotification(write, row), deliveries };
}

function toDecision(
  write: Write,
  { channel, insteadOf }: Delivery,
  decision: Delivery["decisions"][number],
  locale: Locale,
) {
  const { fate, reason, releaseAt, gate, passed, resent, at } = decision;
  const until = releaseAt ? new Date(releaseAt) : null;
  const told = write({ channel, insteadOf, fate, reason, releaseAt: until });
  const { channel: _, insteadOf: __, ...words } = told;
  return {
    ...words,
    at,
    gate,
    passed: passed.map((one) => ({
      ...one,
      name: gateName(one.gate, locale),
      sentence: openSentence(one.reason, locale),
    })),
    isResent: resent !== undefined,
  };
}

function toTrail({
  message,
  attempts,
  lines,
}: Trail): Body["deliveries"][number]["messages"][number] {
  const { id: messageId, status, statusReason, errorCode, errorMessage } = message;
  return {
    messageId,
    status,
    statusReason,
    errorCode,
    errorMessage,
    request: askedRequest(message),
    attempts: attempts.map(toAttempt),
    events: lines.map(({ at, event, attempt, data }) => {
      return { at: at.toISOString(), event, attempt, data };
    }),
  };
}

function toAttempt({ messageId: _, startedAt, finishedAt, ...answer }: TrailAttempt) {
  return {
    ...answer,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
