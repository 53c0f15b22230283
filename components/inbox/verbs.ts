import {
  assignConversation,
  cancelMessage,
  confirmMessage,
  markRead,
  markUnread,
  retryMessage,
  setBlocked,
  setConversationState,
} from "@/app/(workspace)/inbox/actions";
import type { ConversationCard } from "@/lib/domain/inbox";
import type { ListQuery } from "@/lib/domain/merge-live";
import { readDrafts, storeDraft } from "../composer/drafts";
import { type HeldFile, type InboxDialog, listKey } from "./inbox-state";
import { inboxUrl } from "./inbox-url";
import { currentList, holdList, replaceCard, selectConversation, showArrivals } from "./list-state";
import { createLoadingVerbs } from "./loading-verbs";
import { createSendingVerbs } from "./sending-verbs";
import type { InboxStore } from "./store";
import { takeRead } from "./thread-state";

/** What a verb has to tell the agent beside what the screen shows: becomes a toast. */
export type Notice =
  | { type: "resolved"; name: string | null; address: string; undo: () => void }
  | { type: "failed"; code: string };

type Answer = { ok: true } | { ok: false; code: string };

export type InboxVerbs = ReturnType<typeof createInboxVerbs>;

/** Everything an agent can do in the inbox. The screen moves at once, the server has the last word. */
export function createInboxVerbs(store: InboxStore, tell: (notice: Notice) => void) {
  const loading = createLoadingVerbs(store);
  const sending = createSendingVerbs(store, loading);

  function go(how: "push" | "replace"): void {
    const { query, selectedId } = store.get();
    const url = inboxUrl({ query, selectedId });
    if (url === `${window.location.pathname}${window.location.search}`) return;
    window.history[how === "push" ? "pushState" : "replaceState"](null, "", url);
  }

  function select(id: string | null, how: "push" | "replace" = "push"): void {
    store.update((state) => selectConversation(state, id));
    go(how);
    if (id !== null) loading.openConversation(id);
  }

  function setQuery(patch: Partial<ListQuery>): void {
    const query = { ...store.get().query, ...patch };
    if (listKey(query) === listKey(store.get().query)) return;
    store.update((state) => ({ ...state, query, isHeld: false }));
    store.update(showArrivals);
    go("replace");
    void loading.loadList(query);
  }

  /** The URL changed under us (back, forward, a link): the screen follows. */
  function follow(place: { query: ListQuery; selectedId: string | null }): void {
    const before = store.get();
    if (listKey(place.query) !== listKey(before.query)) {
      store.update((state) => ({ ...state, query: place.query }));
      void loading.loadList(place.query);
    }
    if (place.selectedId === before.selectedId) return;
    store.update((state) => selectConversation(state, place.selectedId));
    if (place.selectedId !== null) loading.openConversation(place.selectedId);
  }

  function neighbour(step: 1 | -1): string | null {
    const { shown } = currentList(store.get());
    const { selectedId } = store.get();
    const at = selectedId === null ? -1 : shown.indexOf(selectedId);
    if (at === -1) return shown[0] ?? null;
    return shown[at + step] ?? null;
  }

  function move(step: 1 | -1): void {
    const next = neighbour(step);
    if (next !== null) select(next, store.get().selectedId === null ? "push" : "replace");
  }

  function patchCard(id: string, patch: Partial<ConversationCard>, leavesNow = false): void {
    const card = store.get().cards[id];
    if (card === undefined) return;
    store.update((state) =>
      replaceCard(state, { ...card, ...patch }, { isArrival: false, leavesNow }),
    );
    store.update((state) => {
      const detail = state.details[id];
      if (detail === undefined) return state;
      return { ...state, details: { ...state.details, [id]: { ...detail, ...patch } } };
    });
  }

  /** A person was renamed or annotated: every conversation of theirs shows it. */
  function patchPerson(
    personId: string,
    next: { name: string | null; company: string | null; notes: string | null },
  ): void {
    for (const card of Object.values(store.get().cards)) {
      if (card.person.id !== personId) continue;
      patchCard(card.id, { person: { ...card.person, name: next.name } });
    }
    const { company, notes } = next;
    store.update((state) => ({
      ...state,
      details: Object.fromEntries(
        Object.entries(state.details).map(([id, detail]) => [
          id,
          detail.person.id === personId
            ? { ...detail, contact: { ...detail.contact, company, notes } }
            : detail,
        ]),
      ),
    }));
  }

  /** Runs a server action; on a refusal says so and puts the true rows back on the screen. */
  async function settle(id: string | null, run: () => Promise<Answer>): Promise<boolean> {
    const answer = await asAnswer(run);
    if (answer.ok) return true;
    tell({ type: "failed", code: answer.code });
    if (id !== null) await loading.loadConversation(id);
    return false;
  }

  /** The next conversation of the list opens by itself; on a phone the list comes back instead. */
  async function resolve(id: string): Promise<void> {
    const card = store.get().cards[id];
    if (card === undefined || card.state === "resolved") return;
    const wasOpen = store.get().selectedId === id;
    const next = wasOpen && !isPhone() ? (neighbour(1) ?? neighbour(-1)) : null;
    patchCard(id, { state: "resolved" }, true);
    if (wasOpen) select(next, "replace");
    const undo = () => void reopen(id, wasOpen);
    const done = await settle(id, () =>
      setConversationState({ conversationId: id, state: "resolved" }),
    );
    if (!done) return;
    tell({ type: "resolved", name: card.person.name, address: card.person.address, undo });
  }

  async function reopen(id: string, opens = false): Promise<void> {
    patchCard(id, { state: "open" });
    if (opens) select(id, "replace");
    await settle(id, () => setConversationState({ conversationId: id, state: "open" }));
  }

  async function assign(id: string, assigneeId: string | null): Promise<void> {
    const assignee = store.get().assignees.find((person) => person.id === assigneeId) ?? null;
    patchCard(id, { assignee });
    await settle(id, () => assignConversation({ conversationId: id, assigneeId }));
  }

  async function read(id: string, seq: number): Promise<void> {
    store.update((state) => takeRead(state, { conversationId: id, unread: 0, lastReadSeq: seq }));
    // Not told when it fails: the next look at the conversation marks it again.
    await asAnswer(() => markRead({ conversationId: id, seq }));
  }

  async function unread(id: string): Promise<void> {
    select(null, "replace");
    store.update((state) => takeRead(state, { conversationId: id, unread: 1 }));
    await settle(id, () => markUnread({ conversationId: id }));
  }

  async function block(id: string, isBlocked: boolean): Promise<void> {
    const card = store.get().cards[id];
    if (card === undefined) return;
    patchCard(id, { person: { ...card.person, isBlocked } });
    await settle(id, () => setBlocked({ personId: card.person.id, blocked: isBlocked }));
  }

  async function retry(conversationId: string, messageId: string): Promise<void> {
    if (await settle(conversationId, () => retryMessage({ messageId }))) {
      await loading.loadConversation(conversationId);
    }
  }

  async function confirm(conversationId: string, messageId: string): Promise<void> {
    if (await settle(conversationId, () => confirmMessage({ messageId }))) {
      await loading.loadConversation(conversationId);
    }
  }

  async function cancel(conversationId: string, messageId: string): Promise<void> {
    if (await settle(conversationId, () => cancelMessage({ messageId }))) {
      await loading.loadConversation(conversationId);
    }
  }

  /** The same person from another of our numbers: into their conversation there, else into a new one. */
  function writeFrom(
    id: string,
    draft: { integrationId: string; body: string; files: readonly HeldFile[] },
  ): void {
    const { integrationId, body, files } = draft;
    const detail = store.get().details[id];
    const card = store.get().cards[id];
    if (card === undefined) return;
    const there = detail?.contact.previousConversations.find(
      (other) => other.integrationId === integrationId,
    );
    if (there === undefined) {
      // Texts do not go to an e-mail address; without a number of theirs one is typed.
      const phone = detail?.contact.addresses.find(({ kind }) => kind === "phone")?.value ?? "";
      const to = card.channel === "email" ? phone : card.person.address;
      const startSeed = { to, integrationId, body, files };
      store.update((state) => ({ ...state, dialog: "start", startSeed }));
      return;
    }
    select(there.id);
    if (body.trim() !== "" || files.length > 0) sending.restore(there.id, { body, files });
  }

  /** Once a page: what this browser kept, under what was written since. */
  function loadDrafts(): void {
    if (store.get().hasReadDrafts) return;
    const kept = readDrafts(store.get().viewer);
    store.update((state) => ({
      ...state,
      drafts: { ...kept, ...state.drafts },
      hasReadDrafts: true,
    }));
  }

  function keepDraft(id: string, text: string): void {
    const { drafts, viewer } = store.get();
    if ((drafts[id] ?? "") === text) return;
    storeDraft(viewer, id, text);
    const { [id]: _held, ...rest } = drafts;
    store.update((state) => ({ ...state, drafts: text === "" ? rest : { ...rest, [id]: text } }));
  }

  return {
    loadDrafts,
    keepDraft,
    ...loading,
    ...sending,
    select,
    writeFrom,
    setQuery,
    follow,
    move,
    resolve,
    reopen,
    assign,
    read,
    unread,
    block,
    retry,
    confirm,
    cancel,
    patchPerson,
    show: (dialog: InboxDialog) => store.update((state) => ({ ...state, dialog, startSeed: null })),
    /** Closes this one. What fades away may ask for it late, when another is open already. */
    hide: (dialog: InboxDialog) =>
      store.update((state) =>
        state.dialog === dialog ? { ...state, dialog: null, startSeed: null } : state,
      ),
    hold: (isHeld: boolean) => store.update((state) => holdList(state, isHeld)),
    showArrivals: () => store.update(showArrivals),
  };
}

function isPhone(): boolean {
  return window.matchMedia("(max-width: 767px)").matches;
}

/** A server that cannot be reached throws; for the screen that is one more refusal. */
export async function asAnswer<T extends Answer>(
  run: () => Promise<T>,
): Promise<T | { ok: false; code: "unreachable" }> {
  try {
    return await run();
  } catch {
    return { ok: false, code: "unreachable" };
  }
}
