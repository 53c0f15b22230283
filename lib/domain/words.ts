/**
 * The closed lists of words that tables, API, screens and rules share.
 * One list, many readers: columns, zod schemas, filters and labels all import these.
 */

/** Roles, weakest first. A role may do everything a weaker one may. */
export const ROLES = ["member", "agent", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Does `role` carry at least the rights of `minimum`? */
export function hasRole(role: Role, minimum: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(minimum);
}

export const CHANNELS = ["sms", "whatsapp", "email"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What sending can be switched off for: everything, or a channel. */
export const PAUSE_SCOPES = ["all", ...CHANNELS] as const;
export type PauseScope = (typeof PAUSE_SCOPES)[number];

/**
 * What has a price of its own: a text by SMS is paid by the segment, an MMS and a WhatsApp message by
 * the message. E-mail is not paid by the message.
 */
export const PRICED_CHANNELS = ["sms", "mms", "whatsapp"] as const;
export type PricedChannel = (typeof PRICED_CHANNELS)[number];

export const PROVIDERS = ["twilio", "aws_sns", "resend", "smtp", "console"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** `phone` holds E.164, also for WhatsApp people who have a number; `whatsapp` holds ids without one. */
export const ADDRESS_KINDS = ["phone", "whatsapp", "email"] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** What somebody claims a number as, until they have shown that it is theirs. */
export const CLAIM_KINDS = ["phone", "whatsapp"] as const satisfies readonly AddressKind[];
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export const CONVERSATION_STATES = ["open", "pending", "snoozed", "resolved"] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Views of the inbox's left pane that exist today. */
export const INBOX_VIEWS = ["mine", "unassigned", "all", "resolved"] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export const DIRECTIONS = ["in", "out"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** See "Message status" in the domain rules: `queued` means not handed over yet. */
export const MESSAGE_STATUSES = [
  "scheduled",
  "queued",
  "sending",
  "unconfirmed",
  "accepted",
  "sent",
  "delivered",
  "read",
  "undelivered",
  "failed",
  "canceled",
  "expired",
  "paused",
  "received",
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** What a message is made of; everything WhatsApp can send has a word, what is new is `unknown`. */
export const MESSAGE_KINDS = [
  "text",
  "media",
  "location",
  "contacts",
  "button",
  "list",
  "template",
  "unknown",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Interactive messages (agent replies, codes) may overtake normal ones. */
export const LANES = ["interactive", "normal"] as const;
export type Lane = (typeof LANES)[number];

export const CONSENT_STATES = ["opted_in", "opted_out"] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** `unsubscribe`: the link in an e-mail. */
export const CONSENT_SOURCES = ["keyword", "provider", "agent", "api", "unsubscribe"] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/** What an attempt to hand a message to a provider came to; null in the row while it is under way. */
export const ATTEMPT_OUTCOMES = [
  "accepted",
  "rejected",
  "retry",
  "unreachable",
  "unknown",
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const MEDIA_STATUSES = ["owed", "stored", "failed"] as const;
export type MediaStatus = (typeof MEDIA_STATUSES)[number];

/** Work that the product hands to people. */
export const TASK_KINDS = ["bad_number"] as const;

/** How a task about a bad number ended. */
export const TASK_RESOLUTIONS = ["corrected", "sent_again", "switched", "closed"] as const;
export type TaskResolution = (typeof TASK_RESOLUTIONS)[number];

export const TOKEN_KINDS = ["setup", "password_reset"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Rights an API key can be narrowed to; a key never exceeds its role. */
export const API_SCOPES = [
  "messages:read",
  "messages:write",
  "conversations:read",
  "conversations:write",
  "contacts:read",
  "contacts:write",
  "integrations:read",
  "integrations:write",
  "costs:read",
  "costs:write",
  "notifications:read",
  "notifications:write",
  "templates:read",
  "templates:write",
  "operations:read",
  "operations:write",
  "preferences:read",
  "preferences:write",
  "settings:read",
  "settings:write",
  "users:read",
  "users:write",
  "webhooks:read",
  "webhooks:write",
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const LOCALES = ["fr", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
