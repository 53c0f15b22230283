import type { LiveEvent, ThreadMessage } from "@/lib/domain/inbox";
import type { ListQuery } from "@/lib/domain/merge-live";
import { isFailure } from "@/lib/domain/message-status";
import { type Read, readCards, readConversation, readOlder, readSums } from "./inbox-data";
import { type InboxState, listKey } from "./inbox-state";
import { takeFirstPage, takeNextPage, withList } from "./list-state";
import type { InboxStore } from "./store";
import {
  takeConversation,
  takeLiveConversation,
  takeOlderPage,
  takeRead,
  withThread,
} from "./thread-state";

const SUMS_DELAY_MS = 1_200;

type ConversationEvent = Extract<LiveEvent, { type: "conversation" }>;

export type LoadingVerbs = ReturnType<typeof createLoadingVerbs>;

/** What brings rows onto the screen: pages of lists and threads, and the live stream. */
export function createLoadingVerbs(store: InboxStore) {
  let sums: ReturnType<typeof setTimeout> | undefined;

  function failed<T>(read: Read<T>): read is Extract<Read<T>, { ok: false }> {
    if (!read.ok && read.reason === "signed_out") store.update(signedOut);
    return !read.ok;
  }

  async function loadList(query: ListQuery = store.get().query): Promise<void> {
    const key = listKey(query);
    if (store.get().lists[key]?.status !== "ready") {
      store.update((state) => withList(state, key, { status: "loading" }));
    }
    const page = await readCards(query, null);
    if (failed(page)) {
      const status = store.get().lists[key]?.order.length ? "ready" : "failed";
      return store.update((state) => withList(state, key, { status }));
    }
    store.update((state) => takeFirstPage(state, query, page.data));
  }

  async function loadMore(): Promise<void> {
    const { query, lists } = store.get();
    const key = listKey(query);
    const held = lists[key];
    if (!held?.nextCursor || held.isLoadingMore) return;
    store.update((state) => withList(state, key, { isLoadingMore: true }));
    const page = await readCards(query, held.nextCursor);
    if (failed(page)) {
      return store.update((state) => withList(state, key, { isLoadingMore: false }));
    }
    store.update((state) => takeNextPage(state, query, page.data));
  }

  async function loadConversation(id: string, isAgain = false): Promise<void> {
    const opened = await readConversation(id);
    if (failed(opened)) {
      const status = opened.reason === "missing" ? "missing" : "failed";
      return store.update((state) =>
        withThread(state, id, (thread) =>
          thread.status === "ready" && status === "failed" ? thread : { ...thread, status },
        ),
      );
    }
    store.update((state) => takeConversation(state, opened.data));
    // What changed while it was read went past a thread that was not there yet; now it is.
    const held = store.get().cards[id];
    const isBehind = held !== undefined && held.revision > opened.data.detail.revision;
    if (isBehind && !isAgain) await loadConversation(id, true);
  }

  function openConversation(id: string): void {
    const thread = store.get().threads[id];
    if (thread?.status === "ready") return;
    store.update((state) => withThread(state, id, (held) => ({ ...held, status: "loading" })));
    void loadConversation(id);
  }

  async function loadOlder(id: string): Promise<void> {
    const thread = store.get().threads[id];
    if (!thread?.olderCursor || thread.isLoadingOlder) return;
    const { olderCursor } = thread;
    store.update((state) => withThread(state, id, (held) => ({ ...held, isLoadingOlder: true })));
    const page = await readOlder(id, olderCursor);
    if (failed(page)) {
      const stop = { isLoadingOlder: false };
      return store.update((state) => withThread(state, id, (held) => ({ ...held, ...stop })));
    }
    store.update((state) => takeOlderPage(state, id, page.data));
  }

  async function loadSums(): Promise<void> {
    const read = await readSums();
    if (failed(read)) return;
    const { views, senders, assignees } = read.data;
    store.update((state) => ({ ...state, counts: views, senders, assignees }));
  }

  function loadSumsSoon(): void {
    clearTimeout(sums);
    sums = setTimeout(() => void loadSums(), SUMS_DELAY_MS);
  }

  /** After a gap nothing held is trusted: what is on the screen is read again, the rest forgotten. */
  async function resync(): Promise<void> {
    const { selectedId } = store.get();
    store.update(forgetUnseen);
    await Promise.all([
      loadList(),
      loadSums(),
      selectedId === null ? undefined : loadConversation(selectedId),
    ]);
  }

  function takeEvent(event: LiveEvent): void {
    switch (event.type) {
      case "conversation": {
        const taken = takeLiveConversation(store.get(), event);
        store.update(() => taken.state);
        loadSumsSoon();
        if (taken.hasGap || isDetailStale(event)) void loadConversation(event.card.id);
        return;
      }
      case "read":
        if (event.userId !== store.get().viewer.id) return;
        store.update((state) => takeRead(state, event));
        return;
      case "resync":
        void resync();
        return;
      case "bell":
      case "cursor":
        return;
      default:
        event satisfies never;
    }
  }

  /** What the panes know of a person (consent, window, notes, a bad number) does not travel with the event. */
  function isDetailStale({ card, messages, activities }: ConversationEvent): boolean {
    if (store.get().details[card.id] === undefined) return false;
    const isProgress = ({ direction, status, about }: ThreadMessage) =>
      direction === "out" && about.length === 0 && !isFailure(status) && status !== "paused";
    return activities.length > 0 || messages.length === 0 || !messages.every(isProgress);
  }

  return {
    loadList,
    loadMore,
    loadConversation,
    openConversation,
    loadOlder,
    loadSums,
    loadSumsSoon,
    resync,
    takeEvent,
  };
}

function signedOut(state: InboxState): InboxState {
  return { ...state, isSignedOut: true };
}

function forgetUnseen(state: InboxState): InboxState {
  const key = listKey(state.query);
  const list = state.lists[key];
  const id = state.selectedId;
  const thread = id === null ? undefined : state.threads[id];
  return {
    ...state,
    lists: list ? { [key]: list } : {},
    threads: id !== null && thread ? { [id]: thread } : {},
  };
}
