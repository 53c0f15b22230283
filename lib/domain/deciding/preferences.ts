import type { WeeklyHours } from "./weekly-hours";
import {
  NOTIFICATION_CHANNELS,
  type NotificationChannel,
  type ReminderKey,
  type Severity,
} from "./words";

/** How a person wants to be reached (R008–R013, R313). */
export type Preferences = {
  readonly enabledChannels: readonly NotificationChannel[];
  /** Of alerts: weaker ones do not come by this channel. */
  readonly minSeverity: Readonly<Record<NotificationChannel, Severity>>;
  /** Notifications an hour, over all sources; null: as many as there are. */
  readonly maxPerHour: number | null;
  /** In the person's own zone. */
  readonly quietHours: readonly WeeklyHours[];
  /** Critical ones come in quiet hours too. */
  readonly criticalPasses: boolean;
  readonly aggregation: boolean;
  /** Of loans by the key of the step, of a workspace's own types by the type's; one not named is on. */
  readonly reminders: Readonly<Record<ReminderKey, boolean>> & Readonly<Record<string, boolean>>;
  /** By category, the channels on which it is off; a category that is not named is on everywhere. */
  readonly categories: Readonly<Record<string, readonly NotificationChannel[]>>;
  /** Types that are off everywhere. */
  readonly types: readonly string[];
  /** By type, the ISO time until which it is off everywhere. */
  readonly mutedTypes: Readonly<Record<string, string>>;
  readonly mutedUntil: Date | null;
};

/** What is chosen once and stays; muting ends by itself. */
export type Choices = Omit<Preferences, "mutedUntil">;

const EVERY_NIGHT: WeeklyHours = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
};

/** What holds for a person who has chosen nothing yet. */
export const DEFAULT_PREFERENCES: Preferences = {
  enabledChannels: NOTIFICATION_CHANNELS,
  minSeverity: { web: "low", whatsapp: "high", email: "high", sms: "critical" },
  maxPerHour: 5,
  quietHours: [],
  criticalPasses: true,
  aggregation: true,
  reminders: { "J-2": true, "J-1": true, day: true, "2h": true, overdue: true },
  categories: {},
  types: [],
  mutedTypes: {},
  mutedUntil: null,
};

/** Does a person want a reminder? (R313; of a workspace's own type all or none) */
export function isReminderOn(
  { reminders }: Pick<Preferences, "reminders">,
  { plan, key }: { plan: string; key: string },
): boolean {
  return reminders[plan === LOANS ? key : plan] ?? true;
}

/** Type of the event whose reminders are switched one by one. */
const LOANS = "loan.assigned";

/** How long a single type can be muted by one click, in seconds. */
export const MUTE_SPANS = { hour: 3600, day: 24 * 3600 } as const;
export type MuteSpan = keyof typeof MUTE_SPANS;

/** A type is off for a while from `at` on; what has ended of the others is forgotten. */
export function muteType(
  preferences: Preferences,
  { type, span, at }: { type: string; span: MuteSpan; at: Date },
): Preferences {
  const standing = Object.entries(preferences.mutedTypes).filter(
    ([, until]) => new Date(until) > at,
  );
  const until = new Date(at.getTime() + MUTE_SPANS[span] * 1000).toISOString();
  return { ...preferences, mutedTypes: { ...Object.fromEntries(standing), [type]: until } };
}

export const PRESETS = ["normal", "intensive", "development"] as const;
export type Preset = (typeof PRESETS)[number];

/** R014–R016: what a preset sets; everything else stays as the person has it. */
export function applyPreset(preferences: Preferences, preset: Preset): Preferences {
  const { minSeverity } = preferences;
  switch (preset) {
    case "normal":
      return {
        ...preferences,
        enabledChannels: ["web", "email", "sms"],
        minSeverity: { ...minSeverity, web: "low", email: "high", sms: "critical" },
        maxPerHour: 5,
        quietHours: [EVERY_NIGHT],
        aggregation: true,
      };
    case "intensive":
      return {
        ...preferences,
        enabledChannels: ["web", "sms"],
        minSeverity: { ...minSeverity, sms: "medium" },
        maxPerHour: 10,
        quietHours: [],
        aggregation: false,
      };
    case "development":
      return {
        ...preferences,
        enabledChannels: ["web"],
        minSeverity: { ...minSeverity, sms: "critical" },
        maxPerHour: 3,
      };
    default:
      return preset satisfies never;
  }
}
