import type { Network } from "./network";
import { countSegments } from "./segments";
import { isWhatsapp, type SimMessage, type SimStatus } from "./words";

/** A message from before the network ran: the demo's conversations, as the persons have them. */
export type HistoryMessage = {
  sid: string;
  accountSid: string;
  direction: "inbound" | "outbound-api";
  /** With `whatsapp:` where it is WhatsApp. */
  from: string;
  to: string;
  body: string;
  status: SimStatus;
  at: Date;
};

/** Puts earlier messages into the threads, and with them the WhatsApp windows. Known SIDs stay. */
export function importHistory(network: Network, history: readonly HistoryMessage[]) {
  const inOrder = [...history].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const one of inOrder) {
    if (network.state.messages.has(one.sid)) continue;
    const message = toMessage(network, one);
    network.state.add(message);
    const { receipts: _, ...kept } = message;
    network.ledger.append({ k: "message", at: message.createdAt, message: kept });
  }
}

function toMessage(network: Network, one: HistoryMessage): SimMessage {
  const at = one.at.getTime();
  return {
    ...one,
    n: network.state.nextNumber(),
    serviceSid: null,
    errorCode: null,
    segments: isWhatsapp(one.to) ? 1 : countSegments(one.body),
    numMedia: 0,
    mediaUrls: [],
    media: [],
    createdAt: at,
    updatedAt: at,
    sentAt: at,
    sendAt: null,
    statusCallback: null,
    contentSid: null,
    extra: null,
    repliesTo: null,
    answer: null,
    receipts: [],
  };
}
