import { isDatabaseGone } from "../../../../../db/is-database-gone";
import { type FormPairs, firstValues, parseForm } from "../../../../../lib/http/form-body";
import type { RawRequest, RawResponse } from "../../../../../lib/http/raw";
import { refuse, unavailable } from "../../../../../lib/http/raw-refusals";
import { isSignedByTwilio } from "../../../../../lib/http/twilio-signature";
import { withinTime } from "../../../../../lib/http/within-time";
import { applyCallback } from "../../../../../lib/outbound/apply-callback";
import type { StatusReport } from "../../../../../lib/outbound/apply-status";
import { readStatusForm } from "../../../../../lib/outbound/read-status-form";
import type { Deps } from "../../../../../lib/ports/deps";
import { isFailureLimited, noteFailure } from "../failure-limit";

/** Bytes; Twilio's own are a few hundred. */
export const MAX_STATUS_BYTES = 1024 * 1024;

/** A database that does not answer within this is gone: Twilio is told so within 2 s. */
const ANSWER_WITHIN_MS = 1700;

/**
 * R418: the door for status callbacks, shared by the Next route and the server's fast lane:
 * method → size → parse → one stage, which finds the message by `m` and asks the signature → 204. Never
 * throws.
 */
export async function answerStatus(deps: Deps, request: RawRequest): Promise<RawResponse> {
  if (request.method !== "POST") return refuse(405, "Use POST", { allow: "POST" });
  if (request.body.length > MAX_STATUS_BYTES) return refuse(413, "The body is over 1 MB");
  const read = readCallback(request);
  if (!read.ok) return refuse(400, read.reason);
  const work = receive(deps, request, read);
  const answer = await withinTime(work, ANSWER_WITHIN_MS).catch((error: unknown) =>
    answerFault(deps, error),
  );
  if (answer) return answer;
  deps.log.error({}, "[SMS WEBHOOK] The database did not answer in time");
  return unavailable();
}

type Callback = { ok: true; form: FormPairs; accountSid: string; report: StatusReport };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function readCallback({ url, body }: RawRequest): Callback | { ok: false; reason: string } {
  const query = new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?")) : "");
  const messageId = query.get("m") ?? "";
  const attempt = Number(query.get("a"));
  if (!UUID.test(messageId)) return { ok: false, reason: "m is no message id" };
  if (!Number.isInteger(attempt) || attempt < 1 || attempt > 1_000_000) {
    return { ok: false, reason: "a is no number of an attempt" };
  }
  const form = parseForm(body);
  if (!form) return { ok: false, reason: "The body is no well-formed form in UTF-8" };
  const read = readStatusForm(firstValues(form));
  if (!read.ok) return read;
  const report = { ...read.report, messageId, attempt };
  return { ok: true, form, accountSid: read.accountSid, report };
}

async function receive(
  deps: Deps,
  request: RawRequest,
  { form, accountSid, report }: Callback,
): Promise<RawResponse> {
  const signature = request.headers["x-twilio-signature"];
  const url = deps.settings.appUrl + pathOf(request.url);
  const isSigned = (tokens: readonly string[]) =>
    isSignedByTwilio({ tokens, signature, url, body: { form } });
  const outcome = await applyCallback(deps, { report, accountSid, isSigned });
  switch (outcome.kind) {
    case "applied":
      return { status: 204, headers: {}, body: "" };
    case "unknown_message":
      return refuseSource(request, 404, "No message of this account has this id");
    case "not_signed": {
      const fields = { accountSid, remoteAddress: request.remoteAddress };
      deps.log.warn(fields, "[SMS WEBHOOK] Signature of a status callback refused");
      return refuseSource(request, 403, "The signature does not fit this request");
    }
    case "unknown_attempt":
      return refuse(404, "This message has no such attempt");
    default:
      return outcome satisfies never;
  }
}

/** Path and raw query; a proxy may have sent the absolute form. */
function pathOf(url: string): string {
  if (url.startsWith("/")) return url;
  const slash = url.indexOf("/", url.indexOf("://") + 3);
  return slash < 0 ? "/" : url.slice(slash);
}

/** Only failures count against a source; a good request is never limited. */
function refuseSource(request: RawRequest, status: number, reason: string): RawResponse {
  if (isFailureLimited(request.remoteAddress)) {
    return refuse(429, "Too many refused requests from this address", { "retry-after": "60" });
  }
  noteFailure(request.remoteAddress);
  return refuse(status, reason);
}

function answerFault(deps: Deps, error: unknown): RawResponse {
  deps.log.error({ error: String(error) }, "[SMS WEBHOOK] A status could not be stored");
  return isDatabaseGone(error) ? unavailable() : refuse(500, "The status was not stored");
}
