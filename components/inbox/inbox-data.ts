import type {
  ConversationCard,
  ConversationDetail,
  InboxCounts,
  SenderSummary,
  ThreadPage,
} from "@/lib/domain/inbox";
import type { ListQuery } from "@/lib/domain/merge-live";
import type { TemplateVariable } from "@/lib/domain/whatsapp-template";
import type { ConsentSource, ConsentState } from "@/lib/domain/words";
import type { Assignee } from "./inbox-state";

/** What a read of the inbox came to. `signed_out`: the session is over; `failed`: try again. */
export type Read<T> =
  | { ok: true; data: T }
  | { ok: false; reason: "signed_out" | "missing" | "failed" };

export type CardPage = { cards: ConversationCard[]; nextCursor: string | null };
export type InboxSums = { views: InboxCounts; senders: SenderSummary[]; assignees: Assignee[] };
export type OpenedConversation = { detail: ConversationDetail; page: ThreadPage };

export function readCards(query: ListQuery, cursor: string | null, signal?: AbortSignal) {
  const params = new URLSearchParams({ view: query.view });
  if (query.integrationId) params.set("integrationId", query.integrationId);
  if (query.q.trim()) params.set("q", query.q.trim());
  if (cursor) params.set("cursor", cursor);
  return read<CardPage>(`/inbox/data/cards?${params}`, signal);
}

export function readSums() {
  return read<InboxSums>("/inbox/data/counts");
}

export function readConversation(id: string, signal?: AbortSignal) {
  return read<OpenedConversation>(`/inbox/data/conversation?id=${encodeURIComponent(id)}`, signal);
}

export function readOlder(id: string, before: number) {
  return read<ThreadPage>(`/inbox/data/thread?id=${encodeURIComponent(id)}&before=${before}`);
}

export type ConsentEntry = {
  id: number;
  senderName: string;
  state: ConsentState;
  source: ConsentSource;
  words: string | null;
  actorName: string | null;
  at: string;
};
export type ConsentPage = { entries: ConsentEntry[]; nextBefore: number | null };

export function readConsents(personId: string, before: number | null) {
  const params = new URLSearchParams({ personId });
  if (before !== null) params.set("before", String(before));
  return read<ConsentPage>(`/inbox/data/consents?${params}`);
}

export type OfferedTemplate = {
  contentSid: string;
  name: string;
  language: string;
  body: string;
  variables: TemplateVariable[];
};

export function readTemplates(conversationId: string) {
  return read<{ templates: OfferedTemplate[] }>(
    `/inbox/data/templates?id=${encodeURIComponent(conversationId)}`,
  );
}

async function read<T>(path: string, signal?: AbortSignal): Promise<Read<T>> {
  try {
    const response = await fetch(path, { signal, headers: { accept: "application/json" } });
    if (response.ok) return { ok: true, data: (await response.json()) as T };
    if (response.status === 401) return { ok: false, reason: "signed_out" };
    return { ok: false, reason: response.status === 404 ? "missing" : "failed" };
  } catch {
    // Offline, aborted or a broken body: for the screen all are "not read".
    return { ok: false, reason: "failed" };
  }
}
