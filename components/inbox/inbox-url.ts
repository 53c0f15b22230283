import type { ListQuery } from "@/lib/domain/merge-live";
import { INBOX_VIEWS } from "@/lib/domain/words";

/** Where the inbox is: which list, and which conversation is open. All of it is in the URL. */
export type InboxPlace = { query: ListQuery; selectedId: string | null };

export const DEFAULT_VIEW = "all";

const ID = /^\/inbox\/([0-9a-f-]{36})\/?$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

export function inboxUrl({ query, selectedId }: InboxPlace): string {
  const params = new URLSearchParams();
  if (query.view !== DEFAULT_VIEW) params.set("view", query.view);
  if (query.integrationId) params.set("number", query.integrationId);
  if (query.q.trim()) params.set("q", query.q.trim());
  const search = params.toString();
  return `/inbox${selectedId ? `/${selectedId}` : ""}${search ? `?${search}` : ""}`;
}

export function placeFromUrl(location: { pathname: string; search: string }): InboxPlace {
  const params = new URLSearchParams(location.search);
  return {
    selectedId: ID.exec(location.pathname)?.[1] ?? null,
    query: {
      view: INBOX_VIEWS.find((view) => view === params.get("view")) ?? DEFAULT_VIEW,
      integrationId: isId(params.get("number")) ? params.get("number") : null,
      q: (params.get("q") ?? "").slice(0, 200),
    },
  };
}

/** Whatever else stands where an id should is nobody's. */
export function isId(text: string | null): text is string {
  return text !== null && UUID.test(text);
}
