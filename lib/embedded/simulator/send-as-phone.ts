import { newSid } from "./ids";
import { smsFields, whatsappFields } from "./inbound-fields";
import { applyKeyword, type OptOutType, optOutTypeOf } from "./keywords";
import { addReceipt, later, type Network, takeMessage } from "./network";
import { countSegments } from "./segments";
import type { WebhookResult } from "./webhook";
import {
  bareAddress,
  isWhatsapp,
  type SimAccount,
  type SimMedia,
  type SimMessage,
  type SimNumber,
  type WhatsappExtra,
} from "./words";

export type PhoneDraft = {
  /** `+33…` for SMS, `whatsapp:…` for WhatsApp; `to` of the same kind, one of our numbers. */
  from: string;
  to: string;
  body: string;
  media: SimMedia[];
  extra: WhatsappExtra | null;
  /** SID of the message that is quoted (WhatsApp). */
  repliesTo: string | null;
  profileName: string | null;
};

export type PhoneOutcome =
  | { ok: true; message: SimMessage; told: Promise<WebhookResult | null> }
  | { ok: false; reason: "unknown_number" | "empty" };

/** A person sends something: the network keeps it, minds its keywords and posts the webhook. */
export function sendAsPhone(network: Network, draft: PhoneDraft): PhoneOutcome {
  const found = findNumber(network, draft.to);
  if (!found) return { ok: false, reason: "unknown_number" };
  if (!draft.body && draft.media.length === 0 && draft.extra === null) {
    return { ok: false, reason: "empty" };
  }
  const message = inboundMessage(network, found.account, draft);
  takeMessage(network, message);
  const optOut = isWhatsapp(draft.from) ? null : optOutTypeOf(found.account, draft.body);
  if (optOut) answerKeyword(network, message, optOut);
  const told = postInbound(network, { ...found, message, optOut, profileName: draft.profileName });
  return { ok: true, message, told };
}

type Found = { account: SimAccount; number: SimNumber };

function findNumber(network: Network, address: string): Found | null {
  const bare = bareAddress(address);
  const type = isWhatsapp(address) ? "whatsapp" : "sms";
  for (const account of network.state.accounts.values()) {
    const number = account.numbers.find((one) => one.number === bare && one.type === type);
    if (number) return { account, number };
  }
  return null;
}

function inboundMessage(network: Network, account: SimAccount, draft: PhoneDraft): SimMessage {
  const now = Date.now();
  const service = account.services.find((one) => one.numbers.includes(draft.to));
  const hasMedia = draft.media.length > 0;
  return {
    sid: newSid(hasMedia ? "MM" : "SM"),
    n: network.state.nextNumber(),
    accountSid: account.sid,
    direction: "inbound",
    from: draft.from,
    to: draft.to,
    body: draft.body,
    serviceSid: service?.sid ?? null,
    status: "received",
    errorCode: null,
    segments: isWhatsapp(draft.from) ? 1 : countSegments(draft.body),
    numMedia: draft.media.length,
    mediaUrls: [],
    media: draft.media,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
    sendAt: null,
    statusCallback: null,
    contentSid: null,
    extra: draft.extra,
    repliesTo: draft.repliesTo,
    answer: null,
    receipts: [],
  };
}

type Inbound = Found & {
  message: SimMessage;
  optOut: OptOutType | null;
  profileName: string | null;
};

async function postInbound(network: Network, inbound: Inbound): Promise<WebhookResult | null> {
  const { account, number, message } = inbound;
  const service = account.services.find((one) => one.numbers.includes(number.number));
  const url = service?.inboundUrl ?? number.smsUrl ?? account.webhookUrl;
  const fallbackUrl = service?.inboundUrl ? service.fallbackUrl : number.smsFallbackUrl;
  if (!url) return null;
  const fields = inboundFields(network, inbound);
  let result = await network.poster.post(url, account.token, fields);
  if (!isTaken(result) && fallbackUrl && !network.isClosed) {
    const fault: [string, string][] = [
      ["ErrorCode", "11200"],
      ["ErrorUrl", url.split("#", 1)[0] ?? url],
    ];
    result = await network.poster.post(fallbackUrl, account.token, [...fields, ...fault]);
  }
  if (network.isClosed) return result;
  addReceipt(network, message, {
    status: "inbound",
    at: Date.now(),
    outcome: isTaken(result) ? "answered" : "failed",
    httpStatus: result.httpStatus,
    tries: result.tries,
  });
  if (isTaken(result)) sendTwiml(network, message, result.body);
  return result;
}

function inboundFields(network: Network, { account, message, optOut, profileName }: Inbound) {
  const base = `${network.origin}/2010-04-01/Accounts/${account.sid}/Messages/${message.sid}/Media`;
  const urls = message.media.map((media) => `${base}/${media.sid}`);
  return isWhatsapp(message.to)
    ? whatsappFields(message, urls, profileName)
    : smsFields(message, urls, account.advancedOptOut ? optOut : null);
}

function isTaken(result: WebhookResult): boolean {
  return result.httpStatus !== null && result.httpStatus >= 200 && result.httpStatus < 300;
}

/** The network confirms STOP, START and HELP by itself. */
function answerKeyword(network: Network, message: SimMessage, type: OptOutType) {
  const sender = message.serviceSid ?? message.to;
  const text = applyKeyword(network, type, sender, message.from ?? "");
  if (text !== null) later(network, 50, () => reply(network, message, text));
}

const TWIML_MESSAGE = /<Message>(?:\s*<Body>)?([^<]*)(?:<\/Body>\s*)?<\/Message>/g;

/** An inbox answers `<Response/>`; what other TwiML says is sent as Twilio would. */
function sendTwiml(network: Network, message: SimMessage, twiml: string) {
  if (!twiml.includes("<Message>")) return;
  for (const [, text] of twiml.matchAll(TWIML_MESSAGE)) {
    if (text) reply(network, message, unescapeXml(text));
  }
}

function unescapeXml(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? "");
}

function reply(network: Network, message: SimMessage, body: string) {
  if (!network.state.messages.has(message.sid)) return;
  const now = Date.now();
  takeMessage(network, {
    ...message,
    sid: newSid("SM"),
    n: network.state.nextNumber(),
    direction: "outbound-reply",
    from: message.to,
    to: message.from ?? "",
    body,
    serviceSid: null,
    status: "delivered",
    segments: countSegments(body),
    numMedia: 0,
    media: [],
    createdAt: now,
    updatedAt: now,
    sentAt: now,
    extra: null,
    repliesTo: null,
    receipts: [],
  });
}
