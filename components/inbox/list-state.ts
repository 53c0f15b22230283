import type { ConversationCard } from "@/lib/domain/inbox";
import { cardBelongs, inView, type ListQuery, newerCard, placeCard } from "@/lib/domain/merge-live";
import { INBOX_VIEWS } from "@/lib/domain/words";
import { EMPTY_LIST, type InboxState, type ListState, listKey } from "./inbox-state";

/** Counts are capped by the server; at the cap they are shown as 999+ and no longer counted along. */
export const COUNT_CAP = 1000;

export function currentList(state: InboxState): ListState {
  return state.lists[listKey(state.query)] ?? EMPTY_LIST;
}

export function withList(state: InboxState, key: string, patch: Partial<ListState>): InboxState {
  const list = { ...(state.lists[key] ?? EMPTY_LIST), ...patch };
  return { ...state, lists: { ...state.lists, [key]: list } };
}

/** The first page of a query, read now: it replaces what was listed. */
export function takeFirstPage(
  state: InboxState,
  query: ListQuery,
  page: { cards: ConversationCard[]; nextCursor: string | null },
): InboxState {
  const key = listKey(query);
  const next = takeCards(state, page.cards);
  const order = page.cards.map((card) => card.id);
  const list = next.lists[key] ?? EMPTY_LIST;
  const isStill = state.isHeld && list.status === "ready" && key === listKey(state.query);
  const arrivals = order.filter((id) => !list.order.includes(id));
  return withList(next, key, {
    order,
    shown: isStill ? list.shown : order,
    arrivals: isStill ? [...new Set([...list.arrivals, ...arrivals])] : [],
    nextCursor: page.nextCursor,
    status: "ready",
  });
}

export function takeNextPage(
  state: InboxState,
  query: ListQuery,
  page: { cards: ConversationCard[]; nextCursor: string | null },
): InboxState {
  const key = listKey(query);
  const next = takeCards(state, page.cards);
  const list = next.lists[key] ?? EMPTY_LIST;
  const ids = page.cards.map((card) => card.id);
  return withList(next, key, {
    order: [...list.order, ...ids.filter((id) => !list.order.includes(id))],
    shown: [...list.shown, ...ids.filter((id) => !list.shown.includes(id))],
    nextCursor: page.nextCursor,
    isLoadingMore: false,
  });
}

export function takeCards(state: InboxState, incoming: readonly ConversationCard[]): InboxState {
  const cards = { ...state.cards };
  for (const card of incoming) cards[card.id] = newerCard(cards[card.id], card);
  return { ...state, cards };
}

/** One card changed: every kept list and the counts follow. A search is only refreshed in place. */
export function replaceCard(
  state: InboxState,
  card: ConversationCard,
  how: { isArrival: boolean; leavesNow: boolean },
): InboxState {
  const before = state.cards[card.id];
  const cards = { ...state.cards, [card.id]: card };
  const lists: Record<string, ListState> = {};
  for (const [key, list] of Object.entries(state.lists)) {
    lists[key] = key.endsWith("|") ? follow(state, { key, list, card, cards, how }) : list;
  }
  return { ...state, cards, lists, counts: countAlong(state, before, card) };
}

function follow(
  state: InboxState,
  input: {
    key: string;
    list: ListState;
    card: ConversationCard;
    cards: InboxState["cards"];
    how: { isArrival: boolean; leavesNow: boolean };
  },
): ListState {
  const { list, card, cards, how } = input;
  const isCurrent = input.key === listKey(state.query);
  const stays = isCurrent && card.id === state.selectedId && list.order.includes(card.id);
  const belongs = cardBelongs(card, queryOf(input.key), state.viewer.id);
  const place = {
    cards,
    belongs: belongs || (stays && !how.leavesNow),
    reachesEnd: list.nextCursor === null,
  };
  const order = placeCard(list.order, card, place);
  if (!isCurrent || !state.isHeld) return { ...list, order, shown: order, arrivals: [] };
  if (how.leavesNow && !belongs) {
    return { ...list, order, shown: list.shown.filter((id) => id !== card.id) };
  }
  const isNews = how.isArrival && belongs && list.shown[0] !== card.id && order[0] === card.id;
  const arrivals = isNews ? [...new Set([...list.arrivals, card.id])] : list.arrivals;
  return { ...list, order, arrivals };
}

function queryOf(key: string): ListQuery {
  const [view, integrationId] = key.split("|");
  return {
    view: INBOX_VIEWS.find((known) => known === view) ?? "all",
    integrationId: integrationId || null,
    q: "",
  };
}

function countAlong(
  state: InboxState,
  before: ConversationCard | undefined,
  after: ConversationCard,
): InboxState["counts"] {
  const counts = { ...state.counts };
  if (before === undefined) return counts;
  for (const view of INBOX_VIEWS) {
    if (counts[view] >= COUNT_CAP) continue;
    const change =
      Number(inView(after, view, state.viewer.id)) - Number(inView(before, view, state.viewer.id));
    counts[view] = Math.max(0, counts[view] + change);
  }
  return counts;
}

/** While held, rows keep their place under the pointer; letting go shows the true order. */
export function holdList(state: InboxState, isHeld: boolean): InboxState {
  if (state.isHeld === isHeld) return state;
  const held = { ...state, isHeld };
  return isHeld ? held : showArrivals(held);
}

export function showArrivals(state: InboxState): InboxState {
  const key = listKey(state.query);
  const list = state.lists[key];
  if (list === undefined || (list.shown === list.order && list.arrivals.length === 0)) return state;
  return withList(state, key, { shown: list.order, arrivals: [] });
}

/** Another conversation is looked at: the one left may now leave a list it no longer belongs to. */
export function selectConversation(state: InboxState, id: string | null): InboxState {
  if (state.selectedId === id) return state;
  const left = state.selectedId === null ? undefined : state.cards[state.selectedId];
  const next = { ...state, selectedId: id };
  const key = listKey(state.query);
  const list = next.lists[key];
  if (left === undefined || list === undefined || state.query.q.trim() !== "") return next;
  if (cardBelongs(left, state.query, state.viewer.id)) return next;
  const without = (ids: readonly string[]) => ids.filter((other) => other !== left.id);
  return withList(next, key, { order: without(list.order), shown: without(list.shown) });
}
