import type { NetworkState } from "./state";
import { bareAddress, type SimMessage, senderOf } from "./words";

export type PhoneSummary = {
  phone: string;
  name: string | null;
  lastAt: number;
  lastBody: string;
};

/**
 * The persons' phones, last used first: SMS and WhatsApp of one number are one phone.
 *
 * @param senders Count only what went between them and these numbers of ours; null: all.
 */
export function listPhones(
  state: NetworkState,
  limit: number,
  senders: ReadonlySet<string> | null,
): PhoneSummary[] {
  const phones = new Map<string, PhoneSummary>();
  for (const { phone, name, addedAt } of state.phones.values()) {
    phones.set(phone, { phone, name, lastAt: addedAt, lastBody: "" });
  }
  for (const [person, thread] of state.threads) {
    const last = thread.findLast((one) => senders === null || senders.has(senderOf(one) ?? ""));
    if (last) addLast(phones, bareAddress(person), last);
  }
  return [...phones.values()].sort((a, b) => b.lastAt - a.lastAt).slice(0, limit);
}

function addLast(phones: Map<string, PhoneSummary>, phone: string, last: SimMessage) {
  const known = phones.get(phone);
  if (known && known.lastAt > last.createdAt) return;
  const name = known?.name ?? null;
  phones.set(phone, { phone, name, lastAt: last.createdAt, lastBody: last.body });
}

/** The newest 200 messages of a phone over SMS and WhatsApp, oldest first, and its open windows. */
export function messagesOf(state: NetworkState, phone: string) {
  const people = [phone, `whatsapp:${phone}`];
  const messages = people
    .flatMap((person) => state.threads.get(person) ?? [])
    .sort((a, b) => a.n - b.n)
    .slice(-200);
  const windows = [...state.windows]
    .filter(([key]) => key.endsWith(` whatsapp:${phone}`))
    .map(([key, openedAt]) => ({ sender: key.split(" ")[0] ?? "", openedAt }));
  return { messages, windows };
}

/** Messages in the order they were taken; filters `marker` (in the body), `direction`, `to`, `from`. */
export function queryMessages(state: NetworkState, query: URLSearchParams): SimMessage[] {
  const [marker, direction] = [query.get("marker"), query.get("direction")];
  const [to, from] = [query.get("to"), query.get("from")];
  return [...state.messages.values()].filter(
    (message) =>
      (marker === null || message.body.includes(marker)) &&
      (direction === null || message.direction === direction) &&
      (to === null || message.to === to) &&
      (from === null || message.from === from),
  );
}
