import { fetchOutboundMedia } from "./fetch-media";
import { later, type Network, setStatus } from "./network";
import { tellStatus } from "./receipts";
import { pair } from "./state";
import { isSettled, isWhatsapp, type SimMessage, type SimStatus } from "./words";

const WINDOW_MS = 24 * 3_600_000;

/**
 * Lets an outbound message live on from the status it has: accepted → queued → sent → delivered →
 * read, or to the failure that its phone's switches ask for. Also after a restart.
 */
export function deliver(network: Network, message: SimMessage) {
  const switches = network.state.switchesFor(message.to);
  switch (message.status) {
    case "scheduled":
      return at(network, message, (message.sendAt ?? 0) - Date.now(), () =>
        move(network, message, "accepted"),
      );
    case "accepted":
      return at(network, message, Math.min(20, switches.sentAfterMs), () =>
        enqueue(network, message),
      );
    case "queued":
    case "sending":
      return at(network, message, switches.sentAfterMs, () => void leave(network, message));
    case "sent":
      return at(network, message, switches.deliveredAfterMs, () => arrive(network, message));
    case "delivered":
      if (!isWhatsapp(message.to) || !switches.reads) return;
      return at(network, message, switches.readAfterMs, () => move(network, message, "read"));
    default:
      return;
  }
}

function at(network: Network, message: SimMessage, ms: number, work: () => void) {
  const from = message.status;
  later(network, Math.max(0, ms), () => {
    // Cancelled, deleted or reset meanwhile: nothing happens to it any more.
    if (message.status === from && network.state.messages.has(message.sid)) work();
  });
}

function move(
  network: Network,
  message: SimMessage,
  status: SimStatus,
  errorCode: number | null = null,
) {
  setStatus(network, message, status, errorCode);
  if (status !== "accepted") tellStatus(network, message, status);
  if (!isSettled(status) || status === "delivered") deliver(network, message);
}

/** A Messaging Service picks a sender: the same one for the same person. */
function enqueue(network: Network, message: SimMessage) {
  message.from ??= pickSender(network, message);
  if (message.from === null) return move(network, message, "failed", 21703);
  setStatus(network, message, "queued");
  tellStatus(network, message, "queued");
  deliver(network, message);
}

function pickSender(network: Network, message: SimMessage): string | null {
  const account = network.state.accounts.get(message.accountSid);
  const service = account?.services.find((one) => one.sid === message.serviceSid);
  const pool = service?.numbers ?? [];
  const used = network.state.threads
    .get(message.to)
    ?.findLast((other) => other !== message && pool.includes(other.from ?? other.to));
  const previous = used ? (used.direction === "inbound" ? used.to : used.from) : null;
  return previous ?? pool[0] ?? null;
}

async function leave(network: Network, message: SimMessage) {
  if (message.mediaUrls.length > 0 && !(await fetchOutboundMedia(network, message))) {
    return move(network, message, "failed", isWhatsapp(message.to) ? 63019 : 11200);
  }
  if (isOutsideWindow(network, message)) return move(network, message, "undelivered", 63016);
  move(network, message, "sent");
}

function arrive(network: Network, message: SimMessage) {
  const { failWith } = network.state.switchesFor(message.to);
  if (failWith === null) move(network, message, "delivered");
  else move(network, message, "undelivered", failWith);
}

/** WhatsApp: text of one's own only within 24 h of the person's last message, templates always. */
function isOutsideWindow(network: Network, message: SimMessage): boolean {
  if (!isWhatsapp(message.to) || message.contentSid !== null) return false;
  const openedAt = network.state.windows.get(pair(message.from ?? "", message.to));
  return openedAt === undefined || Date.now() - openedAt > WINDOW_MS;
}
