import { describe, expect, it } from "vitest";
import { applyPreset, DEFAULT_PREFERENCES, muteType } from "./preferences";

const CHOSEN = {
  ...DEFAULT_PREFERENCES,
  types: ["loan.returned"],
  reminders: { ...DEFAULT_PREFERENCES.reminders, "J-2": false },
};

describe("a preset", () => {
  it("R014 normal: web, e-mail and the critical by SMS, five an hour, bundled", () => {
    expect(applyPreset(CHOSEN, "normal")).toMatchObject({
      enabledChannels: ["web", "email", "sms"],
      minSeverity: { web: "low", email: "high", sms: "critical" },
      maxPerHour: 5,
      aggregation: true,
    });
  });

  it("R015 intensive: web and SMS from medium on, ten an hour, at all hours, one by one", () => {
    expect(applyPreset(applyPreset(CHOSEN, "normal"), "intensive")).toMatchObject({
      enabledChannels: ["web", "sms"],
      minSeverity: { sms: "medium" },
      maxPerHour: 10,
      quietHours: [],
      aggregation: false,
    });
  });

  it("R016 development: web alone, three an hour", () => {
    expect(applyPreset(CHOSEN, "development")).toMatchObject({
      enabledChannels: ["web"],
      minSeverity: { sms: "critical" },
      maxPerHour: 3,
    });
  });

  it.each(["normal", "intensive", "development"] as const)(
    "%s leaves what it does not name",
    (preset) => {
      const { types, reminders, categories, mutedUntil } = applyPreset(CHOSEN, preset);
      expect({ types, reminders, categories, mutedUntil }).toEqual({
        types: CHOSEN.types,
        reminders: CHOSEN.reminders,
        categories: CHOSEN.categories,
        mutedUntil: CHOSEN.mutedUntil,
      });
    },
  );
});

describe("muteType", () => {
  const at = new Date("2026-03-10T09:00:00Z");

  it("mutes a type for an hour or a day, and forgets what has ended", () => {
    const before = {
      ...DEFAULT_PREFERENCES,
      mutedTypes: { "loan.returned": "2026-03-10T09:00:00Z", alert: "2026-03-10T09:00:01Z" },
    };
    const hour = muteType(before, { type: "security.anomaly", span: "hour", at });
    expect(hour.mutedTypes).toEqual({
      alert: "2026-03-10T09:00:01Z",
      "security.anomaly": "2026-03-10T10:00:00.000Z",
    });
    const day = muteType(hour, { type: "security.anomaly", span: "day", at });
    expect(day.mutedTypes["security.anomaly"]).toBe("2026-03-11T09:00:00.000Z");
  });
});
