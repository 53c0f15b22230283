import type { ParsedUrlQuery } from "node:querystring";
import { checkCreate } from "./check-create";
import { deliver } from "./deliver";
import type { RestError } from "./errors";
import { newSid } from "./ids";
import { type Network, takeMessage } from "./network";
import { tellStatus } from "./receipts";
import { countSegments } from "./segments";
import type { SimAccount, SimMedia, SimMessage } from "./words";

const NO_LINKS: readonly string[] = [];

export type CreateOutcome = { ok: true; message: SimMessage } | { ok: false; error: RestError };

/** POST Messages: checks the form as Twilio does, takes the message and lets it live. */
export function createMessage(
  network: Network,
  account: SimAccount,
  form: ParsedUrlQuery,
): CreateOutcome {
  const checked = checkCreate(network, account, form);
  if (!checked.ok) return checked;
  const { to, from, serviceSid, body, mediaUrls, statusCallback, sendAt, contentSid } =
    checked.request;
  const now = Date.now();
  const message: SimMessage = {
    sid: newSid(mediaUrls.length > 0 || contentSid !== null ? "MM" : "SM"),
    n: network.state.nextNumber(),
    accountSid: account.sid,
    direction: "outbound-api",
    from,
    to,
    body,
    serviceSid,
    status: sendAt !== null ? "scheduled" : serviceSid !== null ? "accepted" : "queued",
    errorCode: null,
    segments: serviceSid !== null ? 0 : countSegments(body),
    numMedia: mediaUrls.length,
    mediaUrls: mediaUrls.length > 0 ? mediaUrls : NO_LINKS,
    media: noMedia(),
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    sendAt,
    statusCallback,
    contentSid,
    extra: null,
    repliesTo: null,
    answer: "201",
    receipts: [],
  };
  takeMessage(network, message);
  if (message.status === "queued" && network.state.switchesFor(to).queuedReceipt) {
    tellStatus(network, message, "queued");
  }
  deliver(network, message);
  return { ok: true, message };
}

function noMedia(): SimMedia[] {
  return [];
}
