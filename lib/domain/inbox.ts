import type { Fate, NotificationChannel, NotificationKind, Severity } from "./deciding/words";
import type { Money } from "./price";
import type { ReplyAction } from "./reply-codes/reply-code";
import type { Subject } from "./subject";
import type {
  Channel,
  ConversationState,
  Direction,
  InboxView,
  MediaStatus,
  MessageKind,
  MessageStatus,
  Priority,
} from "./words";

/** The shapes that the inbox's screens, live stream and actions exchange. Times are ISO 8601 UTC strings. */

export type PersonSummary = {
  id: string;
  name: string | null;
  /** The address of this conversation: E.164 or WhatsApp id. */
  address: string;
  isBlocked: boolean;
};

export type ConversationCard = {
  id: string;
  revision: number;
  person: PersonSummary;
  integrationId: string;
  channel: Channel;
  state: ConversationState;
  priority: Priority;
  assignee: { id: string; name: string } | null;
  labels: { id: string; name: string; color: string }[];
  lastSeq: number;
  inboundCount: number;
  /** false: systems alone have written in it, and it is in no view. */
  isListed: boolean;
  /** Of the reading agent; live events carry it too, counted for the agent whose stream it is. */
  unread: number;
  lastActivityAt: string;
  waitingSince: string | null;
  lastMessage: {
    id: string;
    direction: Direction;
    kind: MessageKind;
    preview: string;
    status: MessageStatus;
    mediaCount: number;
    authorUserId: string | null;
  } | null;
};

export type ThreadMedia = {
  id: string;
  status: MediaStatus;
  contentType: string | null;
  fileName: string | null;
  size: number | null;
  width: number | null;
  height: number | null;
};

/** A notification as a thread names it. */
export type ThreadNotification = {
  id: string;
  kind: NotificationKind;
  title: string;
  subject: Subject | null;
  answer: ReplyAction | null;
};

export type ThreadMessage = {
  id: string;
  conversationId: string;
  /** null while scheduled. */
  seq: number | null;
  direction: Direction;
  kind: MessageKind;
  /** Of an e-mail. */
  subject: string | null;
  body: string;
  content: Record<string, unknown> | null;
  status: MessageStatus;
  statusReason: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  author: { id: string; name: string } | null;
  segments: number | null;
  /** What it cost, or ≈ is expected to; null: nothing left yet, or there is no price. */
  cost: (Money & { isEstimate: boolean }) | null;
  media: ThreadMedia[];
  quoted: { id: string | null; direction: Direction | null; preview: string } | null;
  /** Ours: the notifications that it tells. Theirs: those that it answers, as far as can be seen. */
  about: ThreadNotification[];
  createdAt: string;
  sendAfter: string | null;
  sentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  failedAt: string | null;
};

export type ThreadActivity = {
  id: number;
  kind: string;
  actor: { id: string; name: string } | null;
  data: Record<string, string | null>;
  afterSeq: number;
  at: string;
};

/** One page of a thread, oldest first. */
export type ThreadPage = {
  messages: ThreadMessage[];
  activities: ThreadActivity[];
  /** Pass as `before` for the older page; null at the beginning of the conversation. */
  olderCursor: number | null;
};

/** What a person was told lately, on whatever channel. */
export type ToldNotification = ThreadNotification & {
  severity: Severity;
  createdAt: string;
  answeredAt: string | null;
  deliveries: { channel: NotificationChannel; fate: Fate; messageStatus: MessageStatus | null }[];
};

export type ConversationDetail = ConversationCard & {
  lastReadSeq: number;
  stateReason: { rule: string; words?: string } | null;
  isOptedOut: boolean;
  optedOutAt: string | null;
  /** Why what is queued here may take its time; null: it leaves at once. */
  holdUp: "sending_paused" | "paced" | null;
  /** The address is no good: the open task about it, and how many messages wait; null: nothing is known. */
  badNumber: { taskId: string; errorCode: string; waiting: number } | null;
  /** The newest first; those that the reader may not see are left out. */
  notifications: ToldNotification[];
  /** WhatsApp: the 24 h window's end; null on SMS or when closed. */
  windowEndsAt: string | null;
  contact: {
    company: string | null;
    notes: string | null;
    profileName: string | null;
    locale: string | null;
    timeZone: string | null;
    createdAt: string;
    addresses: { kind: string; value: string }[];
    previousConversations: {
      id: string;
      integrationId: string;
      lastActivityAt: string;
      state: ConversationState;
    }[];
  };
};

export type InboxCounts = Record<InboxView, number>;

export type SenderSummary = {
  id: string;
  name: string;
  type: Channel;
  sender: string;
  isActive: boolean;
  isDefault: boolean;
  unread: number;
};

/** What the SSE stream carries. `cursor` is a heartbeat; `resync` tells screens to fetch afresh. */
export type LiveEvent =
  | {
      type: "conversation";
      card: ConversationCard;
      messages: ThreadMessage[];
      activities: ThreadActivity[];
    }
  | { type: "read"; conversationId: string; userId: string; lastReadSeq: number; unread: number }
  /** How many notifications in the reader's bell were not read. */
  | { type: "bell"; unread: number }
  | { type: "cursor"; at: string }
  | { type: "resync" };
