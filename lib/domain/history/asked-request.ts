import { wordsOf } from "../linked-text";
import type { Channel, Provider } from "../words";

/** What a provider was asked to send, as its message keeps it; no credential is ever part of it. */
export type AskedRequest = {
  provider: Provider;
  /** Masked but for its ends; null: the provider has none. */
  account: string | null;
  /** Always masked: what the call was signed with is not kept. */
  credentials: string;
  channel: Channel;
  from: string;
  messagingServiceSid: string | null;
  to: string;
  subject: string | null;
  /** Without the links of files, which open them. */
  body: string;
  /** UTF-16 units. */
  characters: number;
  segments: number | null;
  /** WhatsApp: the approved template in the place of a text. */
  contentSid: string | null;
};

type Kept = {
  provider: Provider;
  accountSid: string | null;
  channel: Channel;
  fromAddress: string;
  messagingServiceSid: string | null;
  toAddress: string;
  subject: string | null;
  body: string;
  content: Record<string, unknown> | null;
  segments: number | null;
};

const MASK = "••••••";

/** The request, told from the row by which it was made. */
export function askedRequest(kept: Kept): AskedRequest {
  const body = wordsOf(kept);
  return {
    provider: kept.provider,
    account: kept.accountSid === null ? null : maskMiddle(kept.accountSid),
    credentials: MASK,
    channel: kept.channel,
    from: kept.fromAddress,
    messagingServiceSid: kept.messagingServiceSid,
    to: kept.toAddress,
    subject: kept.subject,
    body,
    characters: body.length,
    segments: kept.segments,
    contentSid: contentSidOf(kept.content),
  };
}

/** `AC0123456789abcdef` → `AC01••••••cdef`. */
export function maskMiddle(id: string): string {
  return id.length <= 10 ? MASK : `${id.slice(0, 4)}${MASK}${id.slice(-4)}`;
}

function contentSidOf(content: Kept["content"]): string | null {
  const template = content?.template;
  if (typeof template !== "object" || template === null || !("contentSid" in template)) return null;
  return String(template.contentSid);
}
