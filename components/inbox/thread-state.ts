import type { ConversationDetail, LiveEvent, ThreadMessage, ThreadPage } from "@/lib/domain/inbox";
import { leavesGap, mergeThread, newerCard } from "@/lib/domain/merge-live";
import {
  EMPTY_THREAD,
  type InboxState,
  openedThread,
  type PendingMessage,
  type ThreadState,
} from "./inbox-state";
import { replaceCard, takeCards } from "./list-state";

export function withThread(
  state: InboxState,
  id: string,
  patch: (thread: ThreadState) => ThreadState,
): InboxState {
  const thread = patch(state.threads[id] ?? EMPTY_THREAD);
  return { ...state, threads: { ...state.threads, [id]: thread } };
}

export function takeConversation(
  state: InboxState,
  opened: { detail: ConversationDetail; page: ThreadPage },
): InboxState {
  const { detail } = opened;
  const next = takeCards(state, [cardOf(detail)]);
  const details = { ...next.details, [detail.id]: newerDetail(next.details[detail.id], detail) };
  return withThread({ ...next, details }, detail.id, (thread) => openedThread(thread, opened));
}

export function takeOlderPage(state: InboxState, id: string, page: ThreadPage): InboxState {
  return withThread(state, id, (thread) => ({
    ...thread,
    ...mergeThread(thread, { ...page, revision: 0 }),
    olderCursor: page.olderCursor,
    isLoadingOlder: false,
  }));
}

/** A conversation changed somewhere. The thread's part is taken only by a thread that is open. */
export function takeLiveConversation(
  state: InboxState,
  event: Extract<LiveEvent, { type: "conversation" }>,
): { state: InboxState; hasGap: boolean } {
  const { id } = event.card;
  const thread = state.threads[id];
  const held = state.cards[id];
  const card = newerCard(held, event.card);
  const hasArrived = event.messages.some((message) => message.direction === "in");
  const isArrival = hasArrived || held === undefined;
  let next = replaceCard(state, card, { isArrival, leavesNow: false });
  const detail = next.details[id];
  if (detail) next = { ...next, details: { ...next.details, [id]: { ...detail, ...card } } };
  if (thread?.status !== "ready") return { state: next, hasGap: false };
  next = withThread(next, id, (open) => ({
    ...open,
    ...mergeThread(open, { ...event, revision: event.card.revision }),
  }));
  return { state: next, hasGap: leavesGap(thread, event) };
}

/** The viewer read (or unread) a conversation, here or in another tab. */
export function takeRead(
  state: InboxState,
  read: { conversationId: string; unread: number; lastReadSeq?: number },
): InboxState {
  const card = state.cards[read.conversationId];
  if (card === undefined) return state;
  const changed = { ...card, unread: read.unread };
  const detail = state.details[card.id];
  const readSeq = read.lastReadSeq ?? detail?.lastReadSeq ?? 0;
  return {
    ...state,
    cards: { ...state.cards, [card.id]: changed },
    details: detail
      ? {
          ...state.details,
          [card.id]: { ...detail, unread: read.unread, lastReadSeq: readSeq },
        }
      : state.details,
    senders: state.senders.map((sender) => ({
      ...sender,
      unread:
        sender.id === card.integrationId
          ? Math.max(0, sender.unread + sign(read.unread) - sign(card.unread))
          : sender.unread,
    })),
  };
}

/** A sender's unread counts conversations, not messages. */
function sign(unread: number): number {
  return unread > 0 ? 1 : 0;
}

export function putPending(state: InboxState, pending: PendingMessage): InboxState {
  const rest = (state.pending[pending.conversationId] ?? []).filter(
    (other) => other.clientId !== pending.clientId,
  );
  return {
    ...state,
    pending: { ...state.pending, [pending.conversationId]: [...rest, pending] },
  };
}

export function dropPending(state: InboxState, id: string, clientId: string): InboxState {
  const rest = (state.pending[id] ?? []).filter((pending) => pending.clientId !== clientId);
  return { ...state, pending: { ...state.pending, [id]: rest } };
}

/** Rows an action answered with: they only add, since the live event may already have brought more. */
export function takeMessages(
  state: InboxState,
  id: string,
  messages: readonly ThreadMessage[],
): InboxState {
  const thread = state.threads[id];
  if (thread?.status !== "ready") return state;
  return withThread(state, id, (open) => ({
    ...open,
    ...mergeThread(open, { messages, activities: [], revision: 0 }),
  }));
}

/** Pending replies not yet in the thread: the live row may overtake the answer that names it. */
export function unseenPending(
  pending: readonly PendingMessage[],
  messages: readonly ThreadMessage[],
  viewerId: string,
): PendingMessage[] {
  const claimed = new Set<string>();
  return pending.filter((wait) => {
    if (wait.state !== "sending") return true;
    const row = messages.find(
      (message) =>
        !claimed.has(message.id) &&
        message.direction === "out" &&
        message.author?.id === viewerId &&
        message.body === wait.body &&
        (message.seq ?? 0) > wait.afterSeq,
    );
    if (row) claimed.add(row.id);
    return row === undefined;
  });
}

function newerDetail(held: ConversationDetail | undefined, incoming: ConversationDetail) {
  return held !== undefined && held.revision > incoming.revision
    ? { ...incoming, ...cardOf(held) }
    : incoming;
}

function cardOf(detail: ConversationDetail) {
  const { lastReadSeq: _r, stateReason: _s, isOptedOut: _o, optedOutAt: _a, ...rest } = detail;
  const { windowEndsAt: _w, holdUp: _h, badNumber: _b, contact: _c, ...more } = rest;
  const { notifications: _n, ...card } = more;
  return card;
}
