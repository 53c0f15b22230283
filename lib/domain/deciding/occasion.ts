import type { Preferences } from "./preferences";
import type { WeeklyHours } from "./weekly-hours";
import type { NotificationChannel, NotificationKind, Severity } from "./words";

/** All that decides what becomes of one notification on one channel at one moment. */
export type Occasion = {
  readonly at: Date;
  readonly notification: {
    readonly kind: NotificationKind;
    readonly type: string;
    readonly category: string;
    readonly severity: Severity;
    /** Of no use a quarter of an hour later: a ticket that is called, the reminder two hours before. */
    readonly isTimeSensitive: boolean;
    readonly sendsImmediately: boolean;
    readonly expiresAt: Date | null;
  };
  readonly route: Route;
  readonly recipient: {
    readonly preferences: Preferences;
    readonly zone: string;
    /** Somebody who signs in, and can verify an address. */
    readonly isUser: boolean;
  };
  readonly workspace: {
    readonly demandsVerified: boolean;
    /** Empty: none are set, and all hours are. */
    readonly workingHours: readonly WeeklyHours[];
    readonly zone: string;
    /** Keys of the types that it has switched off for everybody. */
    readonly inactiveTypes: readonly string[];
  };
  readonly history: {
    /** When the notifications of the last hour left, summaries as one; held and bundled ones have not. */
    readonly left: readonly Date[];
    /** Until when more of this type are bundled, since one of it has just left; null: none has. */
    readonly windowEndsAt: Date | null;
  };
};

/** How a person is reached by a channel. */
export type Route = {
  readonly channel: NotificationChannel;
  readonly address: "missing" | "unverified" | "verified";
  /** Why nothing can be sent by it; null: it can. */
  readonly fault: "no_sender" | "no_credentials" | "whatsapp_window_closed" | null;
  readonly isOptedOut: boolean;
};
