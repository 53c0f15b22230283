import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import { isDatabaseGone } from "@/db/is-database-gone";
import type { RawRequest, RawResponse } from "@/lib/http/raw";
import { refuse, unavailable } from "@/lib/http/raw-refusals";
import { withinTime } from "@/lib/http/within-time";
import { findEmailWebhook, receiveEmailEvent } from "@/lib/outbound/receive-email-event";
import type { Deps } from "@/lib/ports/deps";

/** Bytes; Resend's own are a few hundred. */
export const MAX_EVENT_BYTES = 256 * 1024;

/** A database that does not answer within this is gone. */
const ANSWER_WITHIN_MS = 5000;

/**
 * The door for events about e-mails: size → whose is it → signature on the raw bytes → shape → one stage
 * → 204. Events about other systems' mails are taken and dropped, or Resend would go on. Never throws.
 */
export async function answerEmailEvent(
  deps: Deps,
  integrationId: string,
  request: RawRequest,
): Promise<RawResponse> {
  if (request.body.length > MAX_EVENT_BYTES) return refuse(413, "The body is over 256 KB");
  const work = receive(deps, integrationId, request);
  const answer = await withinTime(work, ANSWER_WITHIN_MS).catch((error: unknown) => {
    deps.log.error({ error: String(error) }, "[EMAIL WEBHOOK] An event could not be stored");
    return isDatabaseGone(error) ? unavailable() : refuse(500, "The event was not stored");
  });
  return answer ?? unavailable();
}

const uuid = z.uuid();

const eventShape = z.object({
  type: z.string().max(100),
  data: z.object({
    email_id: z.string().max(200),
    tags: z.record(z.string(), z.string()).optional().catch(undefined),
    bounce: z
      .object({ message: z.string().max(2000) })
      .optional()
      .catch(undefined),
  }),
});

async function receive(
  deps: Deps,
  integrationId: string,
  request: RawRequest,
): Promise<RawResponse> {
  const known = uuid.safeParse(integrationId);
  const webhook = known.success ? await findEmailWebhook(deps, known.data) : null;
  if (!webhook) return refuse(404, "No sender of e-mails with a webhook secret has this address");
  if (!isSigned(webhook.secret, request)) {
    deps.log.warn({ integrationId }, "[EMAIL WEBHOOK] Signature refused");
    return refuse(403, "The signature does not fit this request");
  }
  const event = readEvent(request.body);
  if (!event) return refuse(400, "Not an event about an e-mail");
  const { type, data } = event;
  const outcome = await receiveEmailEvent(deps, {
    accountId: webhook.accountId,
    eventId: request.headers["svix-id"] ?? "",
    type,
    emailId: data.email_id,
    messageId: uuid.safeParse(data.tags?.message).data ?? null,
    reason: data.bounce?.message ?? null,
  });
  deps.log.info({ outcome, type }, "[EMAIL WEBHOOK] Event received");
  return { status: 204, headers: {}, body: "" };
}

/** Resend signs as Svix does, which is Standard Webhooks under other names of headers. */
function isSigned(secret: string, { headers, body }: RawRequest): boolean {
  const given = {
    "webhook-id": headers["svix-id"] ?? "",
    "webhook-timestamp": headers["svix-timestamp"] ?? "",
    "webhook-signature": headers["svix-signature"] ?? "",
  };
  try {
    new Webhook(secret).verify(body, given, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function readEvent(body: Buffer) {
  try {
    return eventShape.safeParse(JSON.parse(body.toString("utf8"))).data ?? null;
  } catch {
    // No JSON: the caller is told so.
    return null;
  }
}
