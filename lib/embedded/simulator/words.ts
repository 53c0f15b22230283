/**
 * The words of the phone network: accounts hold numbers, people hold phones, a message is one text
 * between the two. A `person` is always the side outside: `+33…` for SMS, `whatsapp:…` for WhatsApp.
 */

export type NumberType = "sms" | "whatsapp";

export type SimNumber = {
  /** PN sid, made when the number is registered. */
  sid: string;
  /** E.164, short code or alphanumeric id; WhatsApp senders without their prefix. */
  number: string;
  type: NumberType;
  friendlyName: string;
  /** Where texts to this number are posted; null: the account's. */
  smsUrl: string | null;
  smsFallbackUrl: string | null;
  statusCallback: string | null;
};

export type SimService = {
  sid: string;
  numbers: string[];
  statusCallback: string | null;
  /** Where texts to its numbers are posted; null: where the number says. */
  inboundUrl: string | null;
  fallbackUrl: string | null;
};

export type SimAccount = {
  sid: string;
  token: string;
  /** A second token that is accepted while one is being replaced; webhooks are signed with `token`. */
  secondaryToken: string | null;
  friendlyName: string;
  status: "active" | "suspended" | "closed";
  webhookUrl: string | null;
  /** Advanced opt-out: French words too, and `OptOutType` on the webhook. */
  advancedOptOut: boolean;
  numbers: SimNumber[];
  services: SimService[];
  createdAt: number;
};

export type SimStatus =
  | "scheduled"
  | "accepted"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "read"
  | "undelivered"
  | "failed"
  | "canceled"
  | "received";

export type SimDirection = "inbound" | "outbound-api" | "outbound-reply";

export type SimMedia = {
  /** ME sid. */
  sid: string;
  contentType: string;
  fileName: string | null;
  size: number;
};

/** What WhatsApp adds to a text that a person sends. */
export type WhatsappExtra =
  | { kind: "location"; latitude: number; longitude: number; label: string; address: string }
  | { kind: "button"; text: string; payload: string }
  | { kind: "list"; id: string; title: string }
  | { kind: "media" }
  | { kind: "text" };

/** What became of one status callback or webhook of a message. */
export type SimReceipt = {
  /** The status told, or `inbound` for the webhook of a received text. */
  status: SimStatus | "inbound";
  at: number;
  outcome: "answered" | "failed" | "dropped";
  httpStatus: number | null;
  tries: number;
};

/** How the create request of an outbound message was answered. */
export type SimAnswer = "201" | "500" | "reset" | "hang" | "garbage" | null;

export type SimMessage = {
  sid: string;
  /** The order in which the network took messages, from 1. */
  n: number;
  accountSid: string;
  direction: SimDirection;
  /** With `whatsapp:` where it is WhatsApp; null while a Messaging Service has not chosen. */
  from: string | null;
  to: string;
  body: string;
  serviceSid: string | null;
  status: SimStatus;
  errorCode: number | null;
  segments: number;
  numMedia: number;
  /** Links of an outbound message, fetched before it leaves. */
  mediaUrls: readonly string[];
  media: SimMedia[];
  createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  sendAt: number | null;
  statusCallback: string | null;
  contentSid: string | null;
  extra: WhatsappExtra | null;
  repliesTo: string | null;
  answer: SimAnswer;
  receipts: SimReceipt[];
};

export type SimPhone = {
  /** E.164, or a WhatsApp id without a number (`FR.1234…`). */
  phone: string;
  name: string | null;
  addedAt: number;
};

/** The person's side of a message. */
export function personOf(message: Pick<SimMessage, "direction" | "from" | "to">): string {
  return message.direction === "inbound" ? (message.from ?? "") : message.to;
}

/** Our side of a message; null while a Messaging Service has not chosen. */
export function senderOf(message: Pick<SimMessage, "direction" | "from" | "to">): string | null {
  return message.direction === "inbound" ? message.to : message.from;
}

export function isWhatsapp(address: string): boolean {
  return address.startsWith("whatsapp:");
}

export function bareAddress(address: string): string {
  return isWhatsapp(address) ? address.slice("whatsapp:".length) : address;
}

/** Is nothing more going to happen to this message by itself? */
export function isSettled(status: SimStatus): boolean {
  return !["scheduled", "accepted", "queued", "sending", "sent"].includes(status);
}
