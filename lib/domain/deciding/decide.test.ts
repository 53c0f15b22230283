import { describe, expect, it } from "vitest";
import { type Decision, decide } from "./decide";
import { DECISIONS } from "./decide.table";
import { GATES, type Gate } from "./gates";
import { localTimeOf, momentsOf, WEEKDAYS } from "./local-time";
import { decideNext, NEXT_CHANNELS, type OtherRoute } from "./next-channel";
import type { Occasion, Route } from "./occasion";
import { DEFAULT_PREFERENCES, type Preferences } from "./preferences";
import type { WeeklyHours } from "./weekly-hours";
import type { NotificationChannel, NotificationKind, Severity } from "./words";

type Row = {
  line: string;
  occasion: Occasion;
  others: OtherRoute<Route>[];
  zone: string;
  expected: string;
};

const OFFICE_DAYS = WEEKDAYS.slice(0, 5);

/** What a word of the table's fifth column stands for. */
const QUIET: Readonly<Record<string, WeeklyHours>> = {
  night: { days: WEEKDAYS, start: "22:00", end: "07:00" },
  "friday-night": { days: ["fri"], start: "22:00", end: "09:00" },
  weekend: { days: ["sat", "sun"], start: "00:00", end: "00:00" },
  lunch: { days: OFFICE_DAYS, start: "12:00", end: "14:00" },
  "small-hours": { days: WEEKDAYS, start: "01:00", end: "02:30" },
};

function readRow(line: string): Row {
  const [kind, severity, channel, when = "", words = "", expected = ""] = line
    .split("|")
    .map((cell) => cell.trim());
  const [date = "", time = "", zone = "Europe/Paris"] = when.split(" ");
  const at = momentsOf({ date, time }, zone).first;
  const said = new Map(
    words
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => word.split(":") as [string, string | undefined]),
  );
  const known = new Set([
    ...Object.keys(QUIET),
    ..."no-address unverified demanded user no-sender no-credentials window-closed".split(" "),
    ..."opted-out muted type-off type-muted type-inactive category-off channel-off min-sms defaults critical-held".split(
      " ",
    ),
    ..."now timely work max left separate window expires".split(" "),
    ..."asked gone stopped mute".split(" "),
  ]);
  for (const word of said.keys()) if (!known.has(word)) throw new Error(`${word}: ${line}`);
  const minutes = (word: string) => {
    const value = said.get(word);
    return value === undefined ? null : new Date(at.getTime() + Number(value) * 60_000);
  };
  const left = (said.get("left") ?? "").split(",").filter((one) => one !== "");
  const occasion: Occasion = {
    at,
    notification: {
      kind: kind as NotificationKind,
      type: "security.anomaly",
      category: "security",
      severity: severity as Severity,
      isTimeSensitive: said.has("timely"),
      sendsImmediately: said.has("now"),
      expiresAt: minutes("expires"),
    },
    route: {
      channel: channel as NotificationChannel,
      address: said.has("no-address")
        ? "missing"
        : said.has("unverified")
          ? "unverified"
          : "verified",
      fault: said.has("no-sender")
        ? "no_sender"
        : said.has("no-credentials")
          ? "no_credentials"
          : said.has("window-closed")
            ? "whatsapp_window_closed"
            : null,
      isOptedOut: said.has("opted-out"),
    },
    recipient: {
      preferences: readPreferences(said, minutes("muted"), minutes("type-muted")),
      zone,
      isUser: said.has("user"),
    },
    workspace: {
      demandsVerified: said.has("demanded"),
      workingHours: said.has("work") ? [{ days: OFFICE_DAYS, start: "08:00", end: "18:00" }] : [],
      zone,
      inactiveTypes: said.has("type-inactive") ? ["security.anomaly"] : [],
    },
    history: {
      left: left.map((ago) => new Date(at.getTime() - Number(ago) * 60_000)),
      windowEndsAt: minutes("window"),
    },
  };
  const names = (word: string, channel: string) => said.get(word)?.split(",").includes(channel);
  const others = NEXT_CHANNELS.map((channel) => ({
    route: {
      channel,
      address: names("gone", channel) ? ("missing" as const) : ("verified" as const),
      fault: names("mute", channel) ? ("no_sender" as const) : null,
      isOptedOut: names("stopped", channel) ?? false,
    },
    isAsked: names("asked", channel) ?? false,
  }));
  return { line, occasion, others, zone, expected };
}

function readPreferences(
  said: Map<string, string | undefined>,
  mutedUntil: Date | null,
  typeUntil: Date | null,
) {
  const off = said.get("category-off");
  const preferences: Preferences = {
    enabledChannels: DEFAULT_PREFERENCES.enabledChannels.filter(
      (channel) => channel !== said.get("channel-off"),
    ),
    minSeverity: said.has("defaults")
      ? DEFAULT_PREFERENCES.minSeverity
      : {
          ...{ web: "low", email: "low", whatsapp: "low" },
          sms: (said.get("min-sms") as Severity | undefined) ?? "low",
        },
    maxPerHour: said.has("max") ? Number(said.get("max")) : null,
    quietHours: Object.entries(QUIET).flatMap(([word, hours]) => (said.has(word) ? [hours] : [])),
    criticalPasses: !said.has("critical-held"),
    aggregation: !said.has("separate"),
    reminders: DEFAULT_PREFERENCES.reminders,
    categories: off ? { security: [off as NotificationChannel] } : {},
    mutedTypes: typeUntil ? { "security.anomaly": typeUntil.toISOString() } : {},
    types: said.has("type-off") ? ["security.anomaly"] : [],
    mutedUntil,
  };
  return preferences;
}

/** What is decided on the row's channel and, where it says so, on the one that stands in for it. */
function outcome({ occasion, others, zone, expected }: Row, gates: readonly Gate[] = GATES) {
  const own = tell(decide(occasion, gates), zone);
  if (!expected.includes(">")) return own;
  const next = decideNext(occasion, others, gates);
  return `${own} > ${next ? `${next.route.channel} ${tell(next.decision, zone)}` : "none"}`;
}

function tell({ fate, reason, releaseAt }: Decision, zone: string): string {
  if (["sends", "instead_of_whatsapp", "expired"].includes(reason)) return fate;
  if (releaseAt === null) return `${fate} ${reason}`;
  const { date, time } = localTimeOf(releaseAt, zone);
  return `${fate} ${reason} ${date} ${time}`;
}

const ROWS = DECISIONS.split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map(readRow);

describe("decide", () => {
  it("has a table of at least two hundred rows", () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(200);
  });

  it.each(ROWS)("R026 $line", (row) => {
    expect(outcome(row)).toBe(row.expected);
  });

  it.each(GATES)("the table tells when the gate %s is taken away", (gone) => {
    const rest = GATES.filter((gate) => gate !== gone);
    const changed = ROWS.filter((row) => outcome(row, rest) !== row.expected);
    expect(changed.length).toBeGreaterThanOrEqual(3);
  });

  it.each(GATES)("the table tells when %s is not asked of what stands in for WhatsApp", (gone) => {
    const rest = GATES.filter((gate) => gate !== gone);
    const changed = ROWS.filter((row) => row.expected.includes(">")).filter((row) => {
      return outcome(row, rest) !== row.expected;
    });
    expect(changed.length).toBeGreaterThanOrEqual(1);
  });

  it("names why a channel stands in, and the gates that it passed", () => {
    const row = ROWS.find(({ expected }) => expected.endsWith("> sms queued"));
    const next = row && decideNext(row.occasion, row.others);
    expect(next?.decision).toMatchObject({ fate: "queued", reason: "instead_of_whatsapp" });
    expect(next?.decision.passed.map(({ gate }) => gate)).toEqual([...GATES]);
  });

  it("records each gate that was passed, and why", () => {
    const row = ROWS.find(
      ({ line }) => line.includes("critical") && line.includes("night work max:1 left:5 window:3"),
    );
    if (!row) throw new Error("no such row");
    expect(decide(row.occasion).passed).toEqual([
      { gate: "address", reason: "passed" },
      { gate: "sender", reason: "passed" },
      { gate: "consent", reason: "passed" },
      { gate: "choice", reason: "passed" },
      { gate: "severity", reason: "passed" },
      { gate: "quiet_hours", reason: "critical" },
      { gate: "working_hours", reason: "critical" },
      { gate: "cap", reason: "critical" },
      { gate: "aggregation", reason: "critical" },
    ]);
  });
});
