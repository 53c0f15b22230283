import { type NotificationChannel, SEVERITIES, type Severity } from "../deciding/words";
import type { PlanStep } from "../reminders/own-plan";
import type { ReplyCode } from "../reply-codes/reply-code";
import type { Variable } from "../templates/variables";
import type { Locale } from "../words";
import type { NotificationType } from "./notification-type";
import { READY_TYPES } from "./ready-types";

/** What a workspace keeps about a type: a ready one that it changed, or one of its own. */
export type KeptType = {
  readonly key: string;
  readonly kind: NotificationType["kind"];
  readonly category: string;
  readonly severity: Severity;
  readonly channels: readonly NotificationChannel[];
  readonly isTimeSensitive: boolean;
  /** No: what is reported of it is kept, and refused on every channel. */
  readonly isActive: boolean;
  readonly names: Readonly<Record<Locale, string>>;
  readonly variables: readonly Variable[];
  readonly replyCodes: readonly ReplyCode[];
  readonly canceledBy: readonly string[];
  /** Of one of the workspace's own: the reminders that its events plan; empty: none. */
  readonly reminderPlan: readonly PlanStep[];
};

/** A type as it holds in a workspace. */
export type RegisteredType = NotificationType & {
  readonly origin: "ready" | "changed" | "own";
  readonly isActive: boolean;
  /** Of one of the workspace's own; what ships has its plan in code. */
  readonly reminderPlan: readonly PlanStep[];
};

/** Every type of a workspace: the ready ones in the order of their sets, then its own. */
export type TypeRegistry = readonly RegisteredType[];

/**
 * The types that hold in a workspace. Of a ready type it sets how it is told, never what it is: kind,
 * category, data and what cancels it stay those of its set, whose templates rely on them.
 */
export function buildRegistry(kept: readonly KeptType[]): TypeRegistry {
  const byKey = new Map(kept.map((one) => [one.key, one]));
  const ready = READY_TYPES.map((type) => change(type, byKey.get(type.key)));
  const own = kept.filter(({ key }) => !READY_TYPES.some((type) => type.key === key)).map(ownType);
  return [...ready, ...own];
}

function change(type: NotificationType, kept: KeptType | undefined): RegisteredType {
  if (!kept) return { ...type, origin: "ready", isActive: true, reminderPlan: [] };
  return {
    ...type,
    origin: "changed",
    severities: usualFirst(kept.severity, type.severities),
    defaultChannels: kept.channels,
    isTimeSensitive: kept.isTimeSensitive,
    names: kept.names,
    isActive: kept.isActive,
    replyCodes: kept.replyCodes,
    reminderPlan: [],
  };
}

function ownType({ severity, channels, ...kept }: KeptType): RegisteredType {
  return {
    ...kept,
    origin: "own",
    severities: usualFirst(severity, SEVERITIES),
    defaultChannels: channels,
    reminder: null,
  };
}

function usualFirst(usual: Severity, all: readonly Severity[]): readonly [Severity, ...Severity[]] {
  return [usual, ...all.filter((one) => one !== usual)];
}

/** null: there is none of that key. */
export function findRegistered(types: TypeRegistry, key: string): RegisteredType | null {
  return types.find((type) => type.key === key) ?? null;
}

/** Of what events are told at once; reminders follow from them. */
export function isReported({ reminder }: NotificationType): boolean {
  return reminder === null;
}

/**
 * Has it words from its first day? Of another the workspace writes templates, or its events say it
 * themselves in `title` and `message`.
 */
export function shipsTemplates({ origin }: RegisteredType): boolean {
  return origin !== "own";
}
