import { describe, expect, it } from "vitest";
import { countTowards, monthOf, rowsWithin, type Spending, standingOf, summarise } from "./budget";
import { FIRST_PRICES } from "./price";

const row: Spending = {
  channel: "sms",
  country: "FR",
  currency: "EUR",
  messages: 1,
  unpriced: 0,
  billed: 0,
  estimated: 0,
  billedElsewhere: 0,
};

describe("monthOf", () => {
  it("is the calendar's in the workspace's zone", () => {
    const moment = new Date("2026-11-30T23:30:00Z");
    expect(monthOf(moment, "Europe/Paris")).toBe("2026-12");
    expect(monthOf(moment, "America/Martinique")).toBe("2026-11");
    expect(monthOf(new Date("2026-12-31T23:30:00Z"), "Europe/Paris")).toBe("2027-01");
  });

  it("changes with the first moment of a month, and back for an earlier one", () => {
    const moments = ["2026-11-30T22:59:59.999Z", "2026-11-30T23:00:00.000Z"].map(
      (at) => new Date(at),
    );
    const [last, first] = moments as [Date, Date];
    const months = [last, first, last].map((moment) => monthOf(moment, "Europe/Paris"));
    expect(months).toEqual(["2026-11", "2026-12", "2026-11"]);
  });
});

describe("countTowards", () => {
  it("takes what is billed and what is estimated of the budget's currency", () => {
    const spending = [
      { ...row, billed: 1.2, estimated: 0.05 },
      { ...row, channel: "whatsapp" as const, currency: "USD", billed: 3 },
      { ...row, currency: null, unpriced: 1 },
    ];
    expect(countTowards(spending, "EUR")).toBe(1.25);
    expect(countTowards(spending, "USD")).toBe(3);
    expect(countTowards(spending, "CHF")).toBe(0);
  });

  it("goes on counting the estimate of what was billed in another currency", () => {
    const spending = [
      { ...row, billedElsewhere: 0.05 },
      { ...row, currency: "USD", billed: 0.0798 },
    ];
    expect(countTowards(spending, "EUR")).toBe(0.05);
  });
});

describe("standingOf", () => {
  const budget = { currency: "EUR", softCap: 8, hardCap: 10 };
  it("reaches a cap at the very amount", () => {
    expect(standingOf(budget, 7.99)).toBe("within");
    expect(standingOf(budget, 8)).toBe("soft");
    expect(standingOf(budget, 10)).toBe("hard");
  });

  it("has no caps but those that are set", () => {
    expect(standingOf({ ...budget, hardCap: null }, 1000)).toBe("soft");
    expect(standingOf({ ...budget, softCap: null, hardCap: null }, 1000)).toBe("within");
    expect(standingOf({ ...budget, softCap: null, hardCap: 0 }, 0)).toBe("hard");
  });
});

describe("rowsWithin", () => {
  it("takes as many rows as are paid for at their longest, at least one, none when nothing is left", () => {
    expect(rowsWithin(0, FIRST_PRICES, "EUR")).toBe(0);
    expect(rowsWithin(-1, FIRST_PRICES, "EUR")).toBe(0);
    expect(rowsWithin(0.01, FIRST_PRICES, "EUR")).toBe(1);
    expect(rowsWithin(6, FIRST_PRICES, "EUR")).toBe(5);
  });

  it("is not narrowed by prices of other currencies", () => {
    expect(rowsWithin(0.01, FIRST_PRICES, "CHF")).toBe(Number.MAX_SAFE_INTEGER);
  });
});

it("summarises a month without adding up currencies, and without sums of nought", () => {
  const spending = [
    { ...row, messages: 3, billed: 0.1, estimated: 0.05 },
    { ...row, country: "US", currency: "USD", messages: 2, estimated: 0.015 },
    { ...row, country: "SN", currency: null, messages: 4, unpriced: 4 },
  ];
  expect(summarise(spending)).toEqual({
    billed: [{ amount: 0.1, currency: "EUR" }],
    estimated: [
      { amount: 0.05, currency: "EUR" },
      { amount: 0.015, currency: "USD" },
    ],
    messages: 9,
    unpriced: 4,
  });
});
