import type { NotificationChannel, Severity } from "@/lib/domain/deciding/words";
import type { NotificationType } from "@/lib/domain/notification-types/notification-type";
import type { Locale } from "@/lib/domain/words";

/** A notification type as its page shows it. */
export type ShownType = {
  key: string;
  origin: "ready" | "changed" | "own";
  kind: NotificationType["kind"];
  category: string;
  /** The usual one first. */
  severities: readonly [Severity, ...Severity[]];
  channels: readonly NotificationChannel[];
  names: Readonly<Record<Locale, string>>;
  isTimeSensitive: boolean;
  isActive: boolean;
  /** No: it follows from others. */
  isReported: boolean;
  /** No: its events say it in words of their own, since nobody wrote any for it. */
  hasTemplate: boolean;
};
