import type {
  ConversationState,
  Locale,
  MessageKind,
  MessageStatus,
  Priority,
} from "../../lib/domain/words";
import type { LabelKey, SenderKey, UserKey } from "./cast";

/** How the demo's conversations are written down: people, lines, and minutes between the lines. */

export type DemoPerson = {
  name: string | null;
  number: string;
  email?: string;
  company?: string;
  notes?: string;
  locale?: Locale;
  timeZone?: string;
  profileName?: string;
};

export type PictureKey = "bike" | "lake" | "wheel" | "sunset" | "bag" | "invoice" | "voice";

type Extras = {
  /** Minutes since the line before. */
  after?: number;
  media?: PictureKey[];
  /** Position of the line this one answers. */
  quotes?: number;
  kind?: MessageKind;
  content?: Record<string, unknown>;
};

export type TheirLine = Extras & { by: "them"; text: string; consent?: "opted_out" | "opted_in" };
export type OurLine = Extras & {
  by: UserKey | "auto";
  text: string;
  status?: MessageStatus;
  /** The provider's code of a failure. */
  code?: string;
  reason?: string;
  /** Minutes from now at which it is to leave. */
  leavesIn?: number;
};
export type ActLine = {
  by: UserKey;
  act: "assigned" | "unassigned" | "resolved" | "reopened" | "blocked" | "priority";
  to?: UserKey | Priority;
  after?: number;
};
export type Line = TheirLine | OurLine | ActLine;

/** When the last line was written: minutes ago, or days ago at an hour of Paris. */
export type Moment = { minutesAgo: number } | { daysAgo: number; at: `${number}:${number}` };

export type Script = {
  who: DemoPerson;
  on: SenderKey;
  ended: Moment;
  state?: ConversationState;
  /** Minutes from now until a snoozed conversation comes back. */
  snoozedFor?: number;
  assignee?: UserKey;
  labels?: LabelKey[];
  priority?: Priority;
  isBlocked?: boolean;
  /** Their last messages that nobody has read yet. */
  unread?: number;
  lines: Line[];
};

export function them(text: string, extras: Omit<TheirLine, "by" | "text"> = {}): TheirLine {
  return { by: "them", text, ...extras };
}

export function us(
  by: OurLine["by"],
  text: string,
  extras: Omit<OurLine, "by" | "text"> = {},
): OurLine {
  return { by, text, ...extras };
}

export function did(
  by: UserKey,
  act: ActLine["act"],
  extras: Pick<ActLine, "to" | "after"> = {},
): ActLine {
  return { by, act, ...extras };
}

/** The nth number kept for fiction among the demo's contacts: +33 1 99 00 1x xx. */
export function fiction(n: number): string {
  return `+33199001${String(n).padStart(3, "0")}`;
}
