import type { Occasion } from "./occasion";
import { endOfHours, nextHours } from "./weekly-hours";
import { isAtLeast, NOTIFICATION_KINDS, type NotificationKind } from "./words";

/** What a gate says. `open` names why it lets through what it would else have kept. */
export type Verdict =
  | { kind: "open"; reason: OpenReason }
  | { kind: "refuse"; reason: RefuseReason }
  | { kind: "hold"; reason: HoldReason; until: Date }
  | { kind: "bundle"; reason: BundleReason; until: Date };

export type OpenReason = "passed" | "critical" | "time_sensitive" | "immediate";
export type RefuseReason =
  | "no_address"
  | "unverified_address"
  | "no_sender"
  | "no_credentials"
  | "whatsapp_window_closed"
  | "opted_out"
  | "type_inactive"
  | "muted"
  | "type_off"
  | "type_muted"
  | "category_off"
  | "channel_off"
  | "severity_too_low";
export type HoldReason = "quiet_hours" | "outside_working_hours" | "over_cap";
export type BundleReason = "over_cap" | "aggregated";

export const GATES = [
  "address",
  "sender",
  "consent",
  "choice",
  "severity",
  "quiet_hours",
  "working_hours",
  "cap",
  "aggregation",
] as const;
export type Gate = (typeof GATES)[number];

const CHOSEN: readonly NotificationKind[] = ["alert", "transactional", "reminder"];
const ALERTS: readonly NotificationKind[] = ["alert"];

/** To which kinds a gate applies: the domain rules' table, column by column. */
export const APPLIES: Readonly<Record<Gate, readonly NotificationKind[]>> = {
  address: NOTIFICATION_KINDS,
  sender: NOTIFICATION_KINDS,
  consent: NOTIFICATION_KINDS,
  choice: CHOSEN,
  severity: ALERTS,
  quiet_hours: CHOSEN,
  working_hours: CHOSEN,
  cap: ALERTS,
  aggregation: ALERTS,
};

const PASSED: Verdict = { kind: "open", reason: "passed" };
const HOUR_MS = 3_600_000;

/** Asks one gate. It is not asked whether the gate applies to this kind. */
export function askGate(gate: Gate, occasion: Occasion): Verdict {
  return QUESTIONS[gate](occasion);
}

const QUESTIONS: Record<Gate, (occasion: Occasion) => Verdict> = {
  address: ({ route, workspace, notification, recipient }) => {
    if (route.address === "missing") return refuse("no_address");
    const mustBeVerified =
      workspace.demandsVerified && recipient.isUser && CHOSEN.includes(notification.kind);
    return mustBeVerified && route.address === "unverified" ? refuse("unverified_address") : PASSED;
  },
  sender: ({ route }) => (route.fault === null ? PASSED : refuse(route.fault)),
  consent: ({ route }) => (route.isOptedOut ? refuse("opted_out") : PASSED),
  choice: ({ at, notification, route, workspace, recipient: { preferences } }) => {
    if (workspace.inactiveTypes.includes(notification.type)) return refuse("type_inactive");
    const { mutedUntil, types, mutedTypes, categories, enabledChannels } = preferences;
    if (mutedUntil !== null && mutedUntil > at) return refuse("muted");
    if (types.includes(notification.type)) return refuse("type_off");
    const typeUntil = mutedTypes[notification.type];
    if (typeUntil !== undefined && new Date(typeUntil) > at) return refuse("type_muted");
    if (categories[notification.category]?.includes(route.channel)) return refuse("category_off");
    return enabledChannels.includes(route.channel) ? PASSED : refuse("channel_off");
  },
  severity: ({ notification, route, recipient: { preferences } }) =>
    isAtLeast(notification.severity, preferences.minSeverity[route.channel])
      ? PASSED
      : refuse("severity_too_low"),
  quiet_hours: (occasion) => {
    const { at, recipient } = occasion;
    const until = endOfHours(recipient.preferences.quietHours, at, recipient.zone);
    if (until === null) return PASSED;
    return (
      passOf(occasion, { critical: recipient.preferences.criticalPasses, timeSensitive: true }) ?? {
        kind: "hold",
        reason: "quiet_hours",
        until,
      }
    );
  },
  working_hours: (occasion) => {
    const { at, workspace } = occasion;
    if (workspace.workingHours.length === 0) return PASSED;
    if (endOfHours(workspace.workingHours, at, workspace.zone) !== null) return PASSED;
    const until = nextHours(workspace.workingHours, at, workspace.zone);
    if (until === null) return PASSED;
    return (
      passOf(occasion, { critical: true, timeSensitive: true }) ?? {
        kind: "hold",
        reason: "outside_working_hours",
        until,
      }
    );
  },
  cap: ({ at, notification, route, recipient: { preferences }, history }) => {
    const { maxPerHour, aggregation } = preferences;
    if (maxPerHour === null || route.channel === "web") return PASSED;
    const left = history.left
      .map((moment) => moment.getTime())
      .filter((moment) => moment > at.getTime() - HOUR_MS && moment <= at.getTime())
      .sort((a, b) => b - a);
    const filling = left[maxPerHour - 1];
    if (filling === undefined) return PASSED;
    if (notification.severity === "critical") return { kind: "open", reason: "critical" };
    const until = new Date(filling + HOUR_MS);
    return { kind: aggregation ? "bundle" : "hold", reason: "over_cap", until };
  },
  aggregation: (occasion) => {
    const { at, history, recipient } = occasion;
    const { windowEndsAt } = history;
    if (!recipient.preferences.aggregation || windowEndsAt === null || windowEndsAt <= at) {
      return PASSED;
    }
    return (
      passOf(occasion, { critical: true, timeSensitive: false }) ?? {
        kind: "bundle",
        reason: "aggregated",
        until: windowEndsAt,
      }
    );
  },
};

function refuse(reason: RefuseReason): Verdict {
  return { kind: "refuse", reason };
}

/** Why it passes a gate that would keep it for some time; null: it does not. */
function passOf(
  { notification }: Occasion,
  may: { critical: boolean; timeSensitive: boolean },
): Verdict | null {
  const { kind, severity, isTimeSensitive, sendsImmediately } = notification;
  if (sendsImmediately) return { kind: "open", reason: "immediate" };
  if (may.critical && severity === "critical") return { kind: "open", reason: "critical" };
  const isCall = kind === "transactional" || kind === "reminder";
  if (may.timeSensitive && isTimeSensitive && isCall) {
    return { kind: "open", reason: "time_sensitive" };
  }
  return null;
}
