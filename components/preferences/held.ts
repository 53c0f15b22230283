import type { ActionResult } from "@/lib/auth/action";
import type { MuteSpan } from "@/lib/domain/deciding/preferences";
import type { Fate, NotificationChannel, Severity } from "@/lib/domain/deciding/words";

/** What became of a notification on a channel, in the reader's words. */
export type FateTold = { channel: NotificationChannel; fate: Fate; sentence: string };

/** The held box as a screen draws it; times are ISO 8601 UTC. */
export type ShownHeld = {
  /** Also those that are not listed. */
  total: number;
  nextReleaseAt: string | null;
  items: {
    id: string;
    title: string;
    severity: Severity;
    createdAt: string;
    deliveries: FateTold[];
  }[];
};

/** What can be done with what is kept; each is given the notification's id. */
export type HeldDeeds = {
  send: (id: string) => Promise<ActionResult<FateTold[]>>;
  read: (id: string) => Promise<ActionResult<FateTold[]>>;
  mute: (id: string, span: MuteSpan) => Promise<ActionResult<{ until: string }>>;
};
