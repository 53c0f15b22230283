import type { Dice } from "./dice";
import type { NetworkEvents } from "./events";
import type { Ledger, LedgerLine } from "./ledger";
import type { NetworkState } from "./state";
import type { Poster } from "./webhook";
import type { SimAnswer, SimMedia, SimMessage, SimReceipt, SimStatus } from "./words";

/** What every part of the network works with. */
export type Network = {
  readonly state: NetworkState;
  readonly ledger: Ledger;
  readonly dice: Dice;
  readonly poster: Poster;
  readonly events: NetworkEvents;
  /** The origin at which the network is reached: media links carry it. */
  origin: string;
  isClosed: boolean;
  /** REST requests under way. */
  activeRequests: number;
  /** Closes the listener for so long, then opens it again on the same port. */
  pauseListener(ms: number): void;
};

/** Runs `work` later unless the network has been closed by then. */
export function later(network: Network, ms: number, work: () => void) {
  const timer = setTimeout(() => {
    if (!network.isClosed) work();
  }, ms);
  timer.unref();
}

export function takeMessage(network: Network, message: SimMessage) {
  network.state.add(message);
  const { receipts: _, ...kept } = message;
  network.ledger.append({ k: "message", at: message.createdAt, message: kept });
  network.events.tell("message", message);
}

export function setStatus(
  network: Network,
  message: SimMessage,
  status: SimStatus,
  errorCode: number | null = null,
) {
  const at = Date.now();
  message.status = status;
  message.errorCode = errorCode;
  message.updatedAt = at;
  if (status === "sent") message.sentAt = at;
  const line: LedgerLine = { k: "status", at, sid: message.sid, status, errorCode };
  if (message.serviceSid && message.from) line.from = message.from;
  network.ledger.append(line);
  network.events.tell("message", message);
}

/** Remembers how the create was answered, where it was not simply 201. */
export function setAnswer(network: Network, message: SimMessage, answer: SimAnswer) {
  message.answer = answer;
  network.ledger.append({ k: "answer", at: Date.now(), sid: message.sid, answer: answer ?? "" });
}

export function addReceipt(network: Network, message: SimMessage, receipt: SimReceipt) {
  message.receipts.push(receipt);
  network.ledger.append({ k: "receipt", at: receipt.at, sid: message.sid, receipt });
  network.events.tell("message", message);
}

export function setMedia(network: Network, message: SimMessage, media: SimMedia[]) {
  message.media = media;
  network.ledger.append({ k: "media", at: Date.now(), sid: message.sid, media });
  network.events.tell("message", message);
}
