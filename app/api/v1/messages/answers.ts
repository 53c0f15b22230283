import type { z } from "zod";
import type { MessageWithMedia } from "@/db/queries/messages";
import { linkedWords, wordsOf } from "@/lib/domain/linked-text";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { SendRefusal } from "@/lib/outbound/send-messages";
import type { message } from "./schema";

export function toMessage(found: MessageWithMedia): z.input<typeof message> {
  const { message: row, mediaIds, statusReason, estimate } = found;
  return {
    id: row.id,
    direction: row.direction,
    channel: row.channel,
    kind: row.kind,
    from: row.fromAddress,
    to: row.toAddress,
    body: wordsOf(row),
    subject: row.subject,
    status: row.status,
    statusReason,
    providerId: row.providerId,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    attempts: row.attempt,
    segments: row.segments,
    price: row.price,
    priceUnit: row.priceUnit,
    priceEstimate: estimate && String(estimate.amount),
    priceEstimateUnit: estimate?.currency ?? null,
    conversationId: row.conversationId,
    integrationId: row.integrationId,
    notificationId: row.notificationId,
    mediaIds,
    mediaAsLinks: linkedWords(row) !== null,
    metadata: row.metadata,
    createdAt: row.createdAt.toISOString(),
    sendAt: iso(row.sendAfter),
    expiresAt: iso(row.expiresAt),
    sentAt: iso(row.sentAt),
    deliveredAt: iso(row.deliveredAt),
    readAt: iso(row.readAt),
    failedAt: iso(row.failedAt),
  };
}

function iso(date: Date | null) {
  return date?.toISOString() ?? null;
}

/** Which field a refusal is about. */
const FIELDS: Partial<Record<SendRefusal["code"], string>> = {
  message_empty: "body",
  message_too_long: "body",
  too_many_media: "mediaIds",
  media_too_large: "mediaIds",
  media_not_found: "mediaIds",
  media_not_supported: "mediaIds",
  invalid_phone_number: "to",
  opted_out: "to",
  invalid_email: "to",
  subject_required: "subject",
  whatsapp_window_closed: "to",
  template_not_found: "template",
  template_not_approved: "template",
  template_variable_missing: "variables",
  template_variable_unknown: "variables",
  template_variable_invalid: "variables",
  already_expired: "expiresAt",
};

/** @param prefix Of the path in a batch: `2.` for the third. */
export function sendProblem(refusal: Pick<SendRefusal, "code" | "message">, prefix = ""): Problem {
  if (refusal.code === "not_found") return notFound();
  if (refusal.code === "idempotency_key_reused") {
    return { status: 409, code: refusal.code, detail: refusal.message };
  }
  const path = `${prefix}${FIELDS[refusal.code] ?? "integrationId"}`;
  return invalid([{ path, message: refusal.message }], refusal.code);
}
