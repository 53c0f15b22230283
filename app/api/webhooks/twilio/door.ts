import { isDatabaseGone } from "../../../../db/is-database-gone";
import { type InboundMessage, parseInbound } from "../../../../lib/domain/parse-inbound";
import { type FormPairs, firstValues, parseForm } from "../../../../lib/http/form-body";
import type { RawRequest, RawResponse } from "../../../../lib/http/raw";
import { refuse, unavailable } from "../../../../lib/http/raw-refusals";
import { isSignedByTwilio } from "../../../../lib/http/twilio-signature";
import { withinTime } from "../../../../lib/http/within-time";
import { findSender, type WebhookSender } from "../../../../lib/inbound/find-sender";
import { ingestMessage } from "../../../../lib/inbound/ingest-message";
import type { Deps } from "../../../../lib/ports/deps";
import { isFailureLimited, noteFailure } from "./failure-limit";

/** Bytes; Twilio's own are a few hundred. */
export const MAX_WEBHOOK_BYTES = 1024 * 1024;

/** A database that does not answer within this is gone: Twilio is told so within 2 s. */
const ANSWER_WITHIN_MS = 1700;

/** Requests under way, those already answered 503 but still in the database's queue included. */
const MAX_UNDER_WAY = 2000;
let underWay = 0;

/**
 * R406: the door for messages from Twilio, shared by the Next route and the server's fast lane:
 * method → size → parse → whose is it → signature → one stage → empty TwiML. Never throws.
 *
 * @param answerWithinMs after it the database counts as gone
 */
export async function answerInbound(
  deps: Deps,
  request: RawRequest,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<RawResponse> {
  if (request.method !== "POST") return refuse(405, "Use POST", { allow: "POST" });
  if (request.body.length > MAX_WEBHOOK_BYTES) return refuse(413, "The body is over 1 MB");
  const read = readMessage(request);
  if (!read.ok) return refuse(400, read.reason);
  if (underWay >= MAX_UNDER_WAY) return unavailable();
  underWay += 1;
  const work = receive(deps, request, read).finally(() => {
    underWay -= 1;
  });
  const answer = await withinTime(work, answerWithinMs).catch((error: unknown) =>
    answerFault(deps, error),
  );
  if (answer) return answer;
  deps.log.error({}, "[SMS WEBHOOK] The database did not answer in time");
  return unavailable();
}

type Read = { ok: true; message: InboundMessage; form: FormPairs } | { ok: false; reason: string };

const FORM = /^application\/x-www-form-urlencoded\s*(?:;\s*charset=["']?utf-?8["']?\s*)?$/i;

function readMessage({ headers, body }: RawRequest): Read {
  const type = headers["content-type"];
  if (type !== undefined && !FORM.test(type)) {
    return { ok: false, reason: "The body must be application/x-www-form-urlencoded in UTF-8" };
  }
  const form = parseForm(body);
  if (!form) return { ok: false, reason: "The body is no well-formed form in UTF-8" };
  const parsed = parseInbound(firstValues(form));
  if (!parsed.ok) return { ok: false, reason: `${parsed.field} ${parsed.reason}` };
  return { ok: true, message: parsed.message, form };
}

async function receive(
  deps: Deps,
  request: RawRequest,
  read: Extract<Read, { ok: true }>,
): Promise<RawResponse> {
  const { message } = read;
  const found = await findVerifiedSender(deps, request, read);
  if (found === "unknown") return refuseSource(request, 404, "No integration has this number");
  if (found === "forged") {
    const fields = { accountSid: message.accountSid, remoteAddress: request.remoteAddress };
    deps.log.warn(fields, "[SMS WEBHOOK] Signature refused");
    return refuseSource(request, 403, "The signature does not fit this request");
  }
  const outcome = await ingestMessage(deps, { sender: found, message });
  switch (outcome.kind) {
    case "stored":
      deps.log.info(
        { messageId: outcome.messageId, conversationId: outcome.conversationId },
        `[SMS WEBHOOK] Message received and processed: ${message.providerId}`,
      );
      return EMPTY_TWIML;
    case "duplicate":
      deps.log.info({}, `[SMS WEBHOOK] Message already here: ${message.providerId}`);
      return EMPTY_TWIML;
    default:
      return outcome satisfies never;
  }
}

/** The token may have been changed a moment ago: a signature that does not fit is looked at once more. */
async function findVerifiedSender(
  deps: Deps,
  request: RawRequest,
  { message, form }: Extract<Read, { ok: true }>,
): Promise<WebhookSender | "unknown" | "forged"> {
  const { accountSid, messagingServiceSid, channel, to } = message;
  const address = { accountSid, messagingServiceSid, channel, sender: to };
  const signed = {
    signature: request.headers["x-twilio-signature"],
    url: deps.settings.appUrl + pathOf(request.url),
    body: { form },
  };
  const sender = await findSender(deps, address);
  if (!sender) return "unknown";
  if (isSignedByTwilio({ ...signed, tokens: sender.tokens })) return sender;
  if (!signed.signature || isFailureLimited(request.remoteAddress)) return "forged";
  const fresh = await findSender(deps, address, true);
  return fresh && isSignedByTwilio({ ...signed, tokens: fresh.tokens }) ? fresh : "forged";
}

/** Path and raw query; a proxy may have sent the absolute form. */
function pathOf(url: string): string {
  if (url.startsWith("/")) return url;
  const slash = url.indexOf("/", url.indexOf("://") + 3);
  return slash < 0 ? "/" : url.slice(slash);
}

const EMPTY_TWIML: RawResponse = {
  status: 200,
  headers: { "content-type": "text/xml; charset=utf-8" },
  body: "<Response/>",
};

/** Only failures count against a source; a good request is never limited. */
function refuseSource(request: RawRequest, status: number, reason: string): RawResponse {
  if (isFailureLimited(request.remoteAddress)) {
    return refuse(429, "Too many refused requests from this address", { "retry-after": "60" });
  }
  noteFailure(request.remoteAddress);
  return refuse(status, reason);
}

function answerFault(deps: Deps, error: unknown): RawResponse {
  deps.log.error({ error }, "[SMS WEBHOOK] Message could not be stored");
  return isDatabaseGone(error) ? unavailable() : refuse(500, "The message was not stored");
}
