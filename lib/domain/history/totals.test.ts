import { describe, expect, test } from "vitest";
import {
  DELIVERY_STATES,
  mayBeResent,
  overallState,
  resendableOf,
  stateOfDelivery,
  statusesIn,
} from "./delivery-state";
import { totalsBy, totalsOf } from "./totals";

describe("totals", () => {
  test("R312 no data has no rate, and a failure alone has the rate 0", () => {
    expect(totalsOf([])).toMatchObject({ total: 0, successRate: null });
    expect(totalsOf([{ state: "queued", count: 4 }])).toMatchObject({
      underway: 4,
      successRate: null,
    });
    expect(totalsOf([{ state: "failed", count: 1 }]).successRate).toBe(0);
  });

  test("R225 the rate is of what left, whatever was kept, refused or shown", () => {
    const rows = [
      { state: "delivered", count: 6 },
      { state: "sent", count: 3 },
      { state: "failed", count: 1 },
      { state: "refused", count: 50 },
      { state: "web", count: 7 },
      { state: "held", count: 2 },
    ] as const;
    expect(totalsOf(rows)).toEqual({
      total: 69,
      sent: 9,
      delivered: 6,
      failed: 1,
      underway: 0,
      shown: 7,
      kept: 2,
      notSent: 50,
      successRate: 0.9,
    });
  });

  test("groups come with the most frequent first", () => {
    const rows = [
      { state: "sent", count: 1, channel: "sms" },
      { state: "sent", count: 3, channel: "email" },
      { state: "failed", count: 1, channel: "sms" },
    ] as const;
    const groups = totalsBy(rows, ({ channel }) => channel);
    expect(groups.map(({ key, total }) => [key, total])).toEqual([
      ["email", 3],
      ["sms", 2],
    ]);
  });
});

const delivery = (
  channel: "whatsapp" | "sms" | "email",
  fate: "refused" | "queued",
  messageStatus: "sent" | "delivered" | "failed" | null,
) => ({ channel, fate, messageStatus, insteadOf: null });

describe("states", () => {
  test("a fate stands until a message tells more", () => {
    expect(stateOfDelivery("queued", null)).toBe("queued");
    expect(stateOfDelivery("queued", "accepted")).toBe("queued");
    expect(stateOfDelivery("queued", "read")).toBe("delivered");
    expect(stateOfDelivery("queued", "expired")).toBe("failed");
    expect(stateOfDelivery("held", null)).toBe("held");
  });

  test("one channel that failed is not hidden by another that arrived, nor one that refused shown before it", () => {
    expect(overallState(["delivered", "failed"])).toBe("failed");
    expect(overallState(["refused", "delivered"])).toBe("delivered");
    expect(overallState([])).toBeNull();
    expect(DELIVERY_STATES.filter((state) => overallState([state]) !== state)).toEqual([]);
  });

  test("only what did not arrive and is not under way may be sent again", () => {
    expect(DELIVERY_STATES.filter(mayBeResent)).toEqual([
      "failed",
      "canceled",
      "refused",
      "expired",
    ]);
    expect(statusesIn("failed")).not.toContain("unconfirmed");
    expect(statusesIn("web")).toEqual([]);
  });

  test("what another channel stands in for may be sent again once that came to nothing too", () => {
    const whatsapp = delivery("whatsapp", "refused", null);
    const sms = (status: "delivered" | "failed") => {
      return { ...delivery("sms", "queued", status), insteadOf: "whatsapp" as const };
    };
    const channels = (all: Parameters<typeof resendableOf>[0]) =>
      resendableOf(all).map(({ channel }) => channel);
    expect(channels([whatsapp])).toEqual(["whatsapp"]);
    expect(channels([whatsapp, sms("delivered")])).toEqual([]);
    expect(channels([whatsapp, sms("failed")])).toEqual(["whatsapp", "sms"]);
    expect(channels([whatsapp, delivery("email", "queued", "sent")])).toEqual(["whatsapp"]);
  });
});
