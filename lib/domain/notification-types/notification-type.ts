import type {
  NotificationChannel,
  NotificationKind,
  ReminderKey,
  Severity,
} from "../deciding/words";
import type { ReplyCode } from "../reply-codes/reply-code";
import type { Variable } from "../templates/variables";
import type { Locale } from "../words";

/** What the ready sets are for; people switch whole categories on and off. */
export const CATEGORIES = ["security", "queue", "loans"] as const;
export type Category = (typeof CATEGORIES)[number];

/** What is told to people: when, how urgently, by what, and with which data. */
export type NotificationType = {
  /** Where an event is told, the event's type; templates name it too. */
  readonly key: string;
  readonly kind: Exclude<NotificationKind, "reply" | "message">;
  readonly category: Category;
  /** Those that it can have; the first where none is named. */
  readonly severities: readonly [Severity, ...Severity[]];
  /** Of no use a quarter of an hour later: passes quiet and working hours. */
  readonly isTimeSensitive: boolean;
  /** By which it goes where neither the person nor the notification says otherwise. */
  readonly defaultChannels: readonly NotificationChannel[];
  readonly variables: readonly Variable[];
  readonly names: Readonly<Record<Locale, string>>;
  /** Which reminder of a plan it is; null: an event is told at once. */
  readonly reminder: ReminderKey | null;
  /** What a person may answer to it by text; empty: nothing. */
  readonly replyCodes: readonly ReplyCode[];
  /** Events about the same subject that make it pointless while it waits. */
  readonly canceledBy: readonly string[];
};
