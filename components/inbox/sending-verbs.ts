import { sendReply } from "@/app/(workspace)/inbox/actions";
import type { ThreadMedia, ThreadMessage } from "@/lib/domain/inbox";
import { lastSeqOf, seenSeq } from "@/lib/domain/merge-live";
import type { PendingMessage, StoppedReply } from "./inbox-state";
import type { LoadingVerbs } from "./loading-verbs";
import type { InboxStore } from "./store";
import { dropPending, putPending, takeMessages } from "./thread-state";

type Reply = {
  conversationId: string;
  body: string;
  media: readonly ThreadMedia[];
  force?: boolean;
};

/** Sending a reply: one at a time per conversation, so that two quick ones keep their order. */
export function createSendingVerbs(store: InboxStore, loading: LoadingVerbs) {
  const queues = new Map<string, Promise<void>>();

  function send(reply: Reply): void {
    const thread = store.get().threads[reply.conversationId];
    const pending: PendingMessage = {
      clientId: crypto.randomUUID(),
      conversationId: reply.conversationId,
      body: reply.body,
      media: reply.media,
      afterSeq: lastSeqOf(thread?.messages ?? []),
      createdAt: new Date().toISOString(),
      state: "sending",
      error: null,
    };
    forgetStopped(reply.conversationId);
    queue(pending, reply.force ?? false);
  }

  /** The same clientId again: should the first try have arrived after all, it is not sent twice. */
  function sendAgain(pending: PendingMessage): void {
    queue({ ...pending, state: "sending", error: null }, false);
  }

  function queue(pending: PendingMessage, force: boolean): void {
    store.update((state) => putPending(state, pending));
    const id = pending.conversationId;
    const before = queues.get(id) ?? Promise.resolve();
    queues.set(
      id,
      before.then(() => hand(pending, force)),
    );
  }

  async function hand(pending: PendingMessage, force: boolean): Promise<void> {
    const id = pending.conversationId;
    const { threads, viewer } = store.get();
    const seen = seenSeq(threads[id]?.messages ?? [], pending.afterSeq, viewer.id);
    const answer = await handOver({ ...pending, afterSeq: seen }, force);
    switch (answer.type) {
      case "accepted":
        store.update((state) => takeMessages(state, id, [answer.message]));
        store.update((state) => dropPending(state, id, pending.clientId));
        return;
      case "moved":
        return stop(pending, answer.news);
      case "unreachable":
        store.update((state) => putPending(state, { ...pending, state: "unreachable" }));
        return;
      case "refused":
        store.update((state) =>
          putPending(state, { ...pending, state: "refused", error: answer.error }),
        );
        return void loading.loadConversation(id);
      default:
        return answer satisfies never;
    }
  }

  function stop(pending: PendingMessage, news: readonly ThreadMessage[]): void {
    const { conversationId: id, body, media } = pending;
    store.update((state) => takeMessages(dropPending(state, id, pending.clientId), id, news));
    putStopped(id, { body, files: media, news });
  }

  function putStopped(id: string, reply: StoppedReply): void {
    store.update((state) => ({ ...state, stopped: { ...state.stopped, [id]: reply } }));
  }

  /** What was written elsewhere comes into this conversation's composer. */
  function restore(id: string, draft: Omit<StoppedReply, "news">): void {
    putStopped(id, { ...draft, news: [] });
  }

  function forgetStopped(id: string): void {
    store.update((state) => {
      if (state.stopped[id] === undefined) return state;
      const { [id]: _gone, ...stopped } = state.stopped;
      return { ...state, stopped };
    });
  }

  /** Out of the thread and back into the composer: nothing that was written is lost. */
  function takeBack(pending: PendingMessage): void {
    stop(pending, []);
  }

  return { send, sendAgain, takeBack, restore, forgetStopped };
}

type Handed =
  | { type: "accepted"; message: ThreadMessage }
  | { type: "moved"; news: readonly ThreadMessage[] }
  | { type: "unreachable" }
  | { type: "refused"; error: { code: string; message: string | null } };

async function handOver(pending: PendingMessage, force: boolean): Promise<Handed> {
  const { conversationId, body, afterSeq, clientId } = pending;
  const mediaIds = pending.media.map((media) => media.id);
  try {
    const result = await sendReply({ conversationId, body, mediaIds, afterSeq, force, clientId });
    if (result.ok) return { type: "accepted", message: result.data.message };
    if (result.code === "conversation_moved") return { type: "moved", news: newsOf(result.data) };
    if (result.code === "unavailable") return { type: "unreachable" };
    return { type: "refused", error: { code: result.code, message: result.message ?? null } };
  } catch {
    return { type: "unreachable" };
  }
}

function newsOf(data: unknown): readonly ThreadMessage[] {
  if (typeof data !== "object" || data === null || !("messages" in data)) return [];
  return Array.isArray(data.messages) ? (data.messages as ThreadMessage[]) : [];
}
