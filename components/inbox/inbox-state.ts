import type {
  ConversationCard,
  ConversationDetail,
  InboxCounts,
  SenderSummary,
  ThreadMedia,
  ThreadMessage,
  ThreadPage,
} from "@/lib/domain/inbox";
import { type HeldThread, type ListQuery, mergeThread } from "@/lib/domain/merge-live";
import type { Price } from "@/lib/domain/price";
import type { Role } from "@/lib/domain/words";

/** Who is looking: what the screens need of the viewer. */
export type InboxViewer = {
  id: string;
  name: string;
  role: Role;
  workspaceId: string;
  timeZone: string;
  homeCountry: string;
  locale: string;
  /** The workspace's price table. */
  prices: readonly Price[];
  /** UTF-16 units of the link to a file. */
  linkUnits: number;
};

export type Assignee = { id: string; name: string };

/** A list under one query. `order` is the truth; `shown` lags behind it while the list is held still. */
export type ListState = {
  order: readonly string[];
  shown: readonly string[];
  /** Conversations that came or rose while the list was held. */
  arrivals: readonly string[];
  nextCursor: string | null;
  status: "loading" | "ready" | "failed";
  isLoadingMore: boolean;
};

export type ThreadState = HeldThread & {
  status: "loading" | "ready" | "failed" | "missing";
  olderCursor: number | null;
  isLoadingOlder: boolean;
  /** The last seq read when it was opened: where the "new messages" line stands; null draws none. */
  newAfterSeq: number | null;
};

/** A reply on its way to our server. It says "sending" and no more: the row decides everything else. */
export type PendingMessage = {
  clientId: string;
  conversationId: string;
  body: string;
  media: readonly ThreadMedia[];
  afterSeq: number;
  createdAt: string;
  /** `unreachable`: our server did not answer, the text is kept and can be sent again. */
  state: "sending" | "unreachable" | "refused";
  error: { code: string; message: string | null } | null;
};

/** A file of what is being written: with our server already, or still to be uploaded. */
export type HeldFile = ThreadMedia | File;

/** A reply that the server stopped because the conversation moved on: its text waits for a decision. */
export type StoppedReply = {
  body: string;
  files: readonly HeldFile[];
  news: readonly ThreadMessage[];
};

/** What a new conversation begins with when it grows out of another one. */
export type StartSeed = {
  to: string;
  integrationId: string;
  body: string;
  files: readonly HeldFile[];
};

export type InboxDialog = "assign" | "help" | "start" | "contact";

export type InboxState = {
  viewer: InboxViewer;
  query: ListQuery;
  lists: Readonly<Record<string, ListState>>;
  isHeld: boolean;
  cards: Readonly<Record<string, ConversationCard>>;
  details: Readonly<Record<string, ConversationDetail>>;
  threads: Readonly<Record<string, ThreadState>>;
  pending: Readonly<Record<string, readonly PendingMessage[]>>;
  stopped: Readonly<Record<string, StoppedReply>>;
  /** Texts not sent yet, by conversation (kept in this browser). */
  drafts: Readonly<Record<string, string>>;
  hasReadDrafts: boolean;
  counts: InboxCounts;
  senders: readonly SenderSummary[];
  assignees: readonly Assignee[];
  selectedId: string | null;
  /** What is open over the screen. */
  dialog: InboxDialog | null;
  /** null: the new conversation begins empty. */
  startSeed: StartSeed | null;
  connection: "connecting" | "live" | "lost";
  isSignedOut: boolean;
};

/** What the server renders the first screen from. */
export type InboxSeed = {
  viewer: InboxViewer;
  query: ListQuery;
  cards: ConversationCard[];
  nextCursor: string | null;
  counts: InboxCounts;
  senders: SenderSummary[];
  assignees: Assignee[];
  selectedId: string | null;
  conversation: { detail: ConversationDetail; page: ThreadPage } | null;
};

export const EMPTY_LIST: ListState = {
  order: [],
  shown: [],
  arrivals: [],
  nextCursor: null,
  status: "loading",
  isLoadingMore: false,
};

export const EMPTY_THREAD: ThreadState = {
  messages: [],
  activities: [],
  revisions: {},
  status: "loading",
  olderCursor: null,
  isLoadingOlder: false,
  newAfterSeq: null,
};

/** Lists are kept per query, so that going back to a view shows it at once. */
export function listKey(query: ListQuery): string {
  return `${query.view}|${query.integrationId ?? ""}|${query.q.trim()}`;
}

export function firstState(seed: InboxSeed): InboxState {
  const ids = seed.cards.map((card) => card.id);
  const opened = seed.conversation;
  return {
    viewer: seed.viewer,
    query: seed.query,
    lists: {
      [listKey(seed.query)]: {
        ...EMPTY_LIST,
        order: ids,
        shown: ids,
        nextCursor: seed.nextCursor,
        status: "ready",
      },
    },
    isHeld: false,
    cards: Object.fromEntries(
      [...(opened ? [opened.detail] : []), ...seed.cards].map((card) => [card.id, card]),
    ),
    details: opened ? { [opened.detail.id]: opened.detail } : {},
    threads: seed.selectedId === null ? {} : { [seed.selectedId]: seededThread(opened) },
    pending: {},
    stopped: {},
    drafts: {},
    hasReadDrafts: false,
    counts: seed.counts,
    senders: seed.senders,
    assignees: seed.assignees,
    selectedId: seed.selectedId,
    dialog: null,
    startSeed: null,
    connection: "connecting",
    isSignedOut: false,
  };
}

function seededThread(opened: InboxSeed["conversation"]): ThreadState {
  if (opened === null) return { ...EMPTY_THREAD, status: "missing" };
  return openedThread(EMPTY_THREAD, opened);
}

/** A thread after its newest page was read. The "new" line is set once, at the first opening. */
export function openedThread(
  held: ThreadState,
  opened: { detail: ConversationDetail; page: ThreadPage },
): ThreadState {
  const isFirst = held.status !== "ready";
  const merged = mergeThread(held, { ...opened.page, revision: opened.detail.revision });
  const newAfterSeq = opened.detail.unread > 0 ? opened.detail.lastReadSeq : null;
  return {
    ...held,
    ...merged,
    status: "ready",
    olderCursor: isFirst ? opened.page.olderCursor : held.olderCursor,
    newAfterSeq: isFirst ? newAfterSeq : held.newAfterSeq,
  };
}
