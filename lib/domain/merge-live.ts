import type { ConversationCard, LiveEvent, ThreadActivity, ThreadMessage } from "./inbox";
import type { InboxView } from "./words";

/**
 * How an open screen takes in rows that arrive out of order: a conversation's `revision` rises with
 * every change of it, so what carries the higher one is the truth and a late, older copy changes nothing.
 */

export type ListQuery = {
  view: InboxView;
  integrationId: string | null;
  /** Folded or not, as typed; a list under a search takes no live additions. */
  q: string;
};

/** A thread as held by a screen: each message remembers the revision it came with. */
export type HeldThread = {
  messages: readonly ThreadMessage[];
  activities: readonly ThreadActivity[];
  revisions: Readonly<Record<string, number>>;
};

/** Would the server list this conversation under the query? A search is never decided here. */
export function cardBelongs(card: ConversationCard, query: ListQuery, viewerId: string): boolean {
  if (query.integrationId !== null && card.integrationId !== query.integrationId) return false;
  return inView(card, query.view, viewerId);
}

/** Is the conversation in this view, whatever its number? */
export function inView(card: ConversationCard, view: InboxView, viewerId: string): boolean {
  if (!card.isListed) return false;
  const isActive = card.state === "open" || card.state === "pending";
  switch (view) {
    case "mine":
      return isActive && card.assignee?.id === viewerId;
    case "unassigned":
      return isActive && card.assignee === null;
    case "all":
      return isActive;
    case "resolved":
      return card.state === "resolved";
    default:
      return view satisfies never;
  }
}

/** The newer of two copies of a card; on a tie the incoming one, which was read later. */
export function newerCard(held: ConversationCard | undefined, incoming: ConversationCard) {
  return held !== undefined && held.revision > incoming.revision ? held : incoming;
}

/** Order of every list: last activity first, then id, as the server's keyset. Negative: a before b. */
export function compareCards(a: ConversationCard, b: ConversationCard): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

/**
 * Ids of a list after one card changed: taken out, and put back where it now belongs.
 * @param reachesEnd false: more pages follow, so a card below the last loaded one is left to its page
 */
export function placeCard(
  ids: readonly string[],
  card: ConversationCard,
  held: {
    cards: Readonly<Record<string, ConversationCard>>;
    belongs: boolean;
    reachesEnd: boolean;
  },
): readonly string[] {
  const rest = ids.filter((id) => id !== card.id);
  if (!held.belongs) return rest.length === ids.length ? ids : rest;
  const at = rest.findIndex((id) => {
    const other = held.cards[id];
    return other !== undefined && compareCards(card, other) < 0;
  });
  if (at === -1) return held.reachesEnd || ids.includes(card.id) ? [...rest, card.id] : rest;
  return [...rest.slice(0, at), card.id, ...rest.slice(at)];
}

/** Messages of a fetch or a live event put into a held thread; a copy of lower revision changes nothing. */
export function mergeThread(
  held: HeldThread,
  incoming: {
    messages: readonly ThreadMessage[];
    activities: readonly ThreadActivity[];
    /** The conversation's revision at which they were read; 0 for older pages, which only add. */
    revision: number;
  },
): HeldThread {
  const revisions = { ...held.revisions };
  const byId = new Map(held.messages.map((message) => [message.id, message]));
  for (const message of incoming.messages) {
    const own = byId.get(message.id);
    if (own && !isNewer(message, incoming.revision, own, revisions[own.id] ?? 0)) continue;
    byId.set(message.id, message);
    revisions[message.id] = incoming.revision;
  }
  const activities = new Map(held.activities.map((activity) => [activity.id, activity]));
  for (const activity of incoming.activities) activities.set(activity.id, activity);
  return {
    messages: [...byId.values()].sort(compareMessages),
    activities: [...activities.values()].sort((a, b) => a.afterSeq - b.afterSeq || a.id - b.id),
    revisions,
  };
}

/** Beginning to send raises no revision: of two copies of one, the queued copy is the older. */
function isNewer(incoming: ThreadMessage, revision: number, own: ThreadMessage, held: number) {
  if (revision !== held) return revision > held;
  return revision !== 0 && !(incoming.status === "queued" && own.status === "sending");
}

/** Is there a hole between what is held and what arrived, so that the thread must be read afresh? */
export function leavesGap(held: HeldThread, event: Extract<LiveEvent, { type: "conversation" }>) {
  const last = lastSeqOf(held.messages);
  const known = new Set(event.messages.map((message) => message.seq));
  for (let seq = last + 1; seq <= event.card.lastSeq; seq += 1) if (!known.has(seq)) return true;
  return false;
}

/** The highest seq among the messages; 0 when there is none. */
export function lastSeqOf(messages: readonly ThreadMessage[]): number {
  return messages.reduce((max, message) => Math.max(max, message.seq ?? 0), 0);
}

/**
 * The seq a reply is written on top of: the last one on the screen when Send was pressed, carried over
 * the agent's own replies that followed it, so that two quick replies do not stop each other.
 */
export function seenSeq(messages: readonly ThreadMessage[], atPress: number, viewerId: string) {
  let seen = atPress;
  for (const message of messages) {
    if (message.seq !== seen + 1) continue;
    if (message.direction !== "out" || message.author?.id !== viewerId) break;
    seen += 1;
  }
  return seen;
}

/** By seq; scheduled ones, which have none yet, last and by when they leave. */
function compareMessages(a: ThreadMessage, b: ThreadMessage): number {
  if (a.seq !== null && b.seq !== null) return a.seq - b.seq;
  if (a.seq !== null) return -1;
  if (b.seq !== null) return 1;
  return (a.sendAfter ?? a.createdAt) < (b.sendAfter ?? b.createdAt) ? -1 : 1;
}
