import type { ParsedUrlQuery } from "node:querystring";
import { maskNumber, type RestError, restError } from "./errors";
import type { Network } from "./network";
import { readTemplate } from "./templates";
import { bareAddress, isWhatsapp, type SimAccount } from "./words";

export type CreateRequest = {
  to: string;
  from: string | null;
  serviceSid: string | null;
  body: string;
  mediaUrls: string[];
  statusCallback: string | null;
  sendAt: number | null;
  contentSid: string | null;
};

type Checked = { ok: true; request: CreateRequest } | { ok: false; error: RestError };

const MINUTE_MS = 60_000;

/** Every check of a create that Twilio documents, in the order in which it is known to make them. */
export function checkCreate(network: Network, account: SimAccount, form: ParsedUrlQuery): Checked {
  const request = readRequest(form);
  const error =
    checkPresence(request, form) ??
    fillContent(request, form) ??
    checkAddresses(account, request) ??
    checkContent(request, form) ??
    checkSchedule(request, form) ??
    checkRecipient(network, request);
  return error ? { ok: false, error } : { ok: true, request };
}

function readRequest(form: ParsedUrlQuery): CreateRequest {
  const from = one(form.From);
  const isService = from?.startsWith("MG") === true && from.length === 34;
  const sendAt = one(form.SendAt);
  return {
    to: canonicalAddress(one(form.To) ?? ""),
    from: isService || !from ? null : canonicalAddress(from),
    serviceSid: one(form.MessagingServiceSid) || (isService ? from : null),
    body: one(form.Body) ?? "",
    mediaUrls: many(form.MediaUrl),
    statusCallback: one(form.StatusCallback) || null,
    sendAt: one(form.ScheduleType) && sendAt ? Date.parse(sendAt) : null,
    contentSid: one(form.ContentSid) || null,
  };
}

function checkPresence(request: CreateRequest, form: ParsedUrlQuery): RestError | null {
  if (!request.to) return restError(21604);
  if (!request.from && !request.serviceSid) return restError(21603);
  if (form.ContentVariables !== undefined && !request.contentSid) return restError(21654);
  if (!request.body && request.mediaUrls.length === 0 && !request.contentSid) {
    return restError(21602);
  }
  return null;
}

/** A template's text takes the body's place. */
function fillContent(request: CreateRequest, form: ParsedUrlQuery): RestError | null {
  if (request.contentSid === null) return null;
  const variables = one(form.ContentVariables) ?? "{}";
  if (!isJsonObject(variables)) return restError(21656);
  const filled = readTemplate(request.contentSid, JSON.parse(variables));
  if (!filled.ok) return restError(filled.code);
  request.body = filled.body;
  return null;
}

function checkAddresses(account: SimAccount, request: CreateRequest): RestError | null {
  const { to, from, serviceSid } = request;
  if (!isReachable(to)) return restError(21211, maskNumber(to));
  if (from !== null && isWhatsapp(from) !== isWhatsapp(to)) return restError(21910);
  if (from !== null && from === to) return restError(21266);
  if (from !== null && !isSender(from)) return restError(21212, from);
  if (serviceSid !== null) {
    const service = account.services.find((known) => known.sid === serviceSid);
    if (!service) return restError(21701);
    if (service.numbers.length === 0) return restError(21703);
    request.statusCallback ??= service.statusCallback;
  }
  if (from !== null && !ownsNumber(account, from)) {
    return isWhatsapp(from) ? restError(63007) : restError(21606, maskNumber(from));
  }
  return null;
}

function checkContent(request: CreateRequest, form: ParsedUrlQuery): RestError | null {
  if (request.body.length > 1600) return restError(21617);
  if (request.mediaUrls.length > 10) return restError(21623);
  if (!request.mediaUrls.every(isHttpUrl)) return restError(21620);
  if (request.statusCallback !== null && !isCallbackUrl(request.statusCallback)) {
    return restError(21609, request.statusCallback);
  }
  const validity = one(form.ValidityPeriod);
  if (validity !== null && !(Number(validity) >= 1 && Number(validity) <= 36_000)) {
    return restError(21624);
  }
  return null;
}

function checkSchedule(request: CreateRequest, form: ParsedUrlQuery): RestError | null {
  if (!one(form.ScheduleType)) return null;
  if (request.serviceSid === null) return restError(35118);
  if (request.sendAt === null) return restError(35111);
  const wait = request.sendAt - Date.now();
  // 5 minutes to 35 days (the 2026 page of 35115).
  const isInWindow = wait >= 5 * MINUTE_MS && wait <= 35 * 24 * 60 * MINUTE_MS;
  return isInWindow ? null : restError(35115);
}

function checkRecipient(network: Network, request: CreateRequest): RestError | null {
  const { refuseWith } = network.state.switchesFor(request.to);
  if (refuseWith !== null) return restError(refuseWith);
  const isBlocked = network.state.isOptedOut({ direction: "outbound-api", ...request });
  return isBlocked ? restError(21610) : null;
}

/** Ten bare digits are read as a US number; nothing else is completed. */
function canonicalAddress(address: string): string {
  return address.length === 10 && /^[2-9]\d{9}$/.test(address) ? `+1${address}` : address;
}

/** E.164, or on WhatsApp also an id without a number (`FR.1234…`). */
function isReachable(address: string): boolean {
  const bare = bareAddress(address);
  return isE164(bare) || (bare !== address && /^[A-Z]{2}\.[A-Za-z0-9]{5,}$/.test(bare));
}

function isE164(text: string): boolean {
  if (text.length < 9 || text.length > 16 || text.charCodeAt(0) !== 43) return false;
  for (let i = 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text.charCodeAt(1) !== 48;
}

/** E.164, a short code, or an alphanumeric id of 1 to 11 signs with a letter. */
function isSender(address: string): boolean {
  const bare = bareAddress(address);
  return isE164(bare) || /^\d{3,8}$/.test(bare) || /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/.test(bare);
}

function ownsNumber(account: SimAccount, address: string): boolean {
  const bare = bareAddress(address);
  const type = bare === address ? "sms" : "whatsapp";
  return account.numbers.some((known) => known.number === bare && known.type === type);
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isCallbackUrl(text: string): boolean {
  return text.length <= 4000 && isHttpUrl(text) && !new URL(text).hostname.includes("_");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function one(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function many(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
