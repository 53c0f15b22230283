import { describe, expect, it } from "vitest";
import { countryOfNumber, countryOfTyped } from "./country-of-number";
import { estimatePrice, FIRST_PRICES, type Price, type Priced, sumByCurrency } from "./price";

const text: Priced = {
  direction: "out",
  channel: "sms",
  hasMedia: false,
  body: "Votre livre vous attend.",
  segments: null,
  country: "FR",
};

const prices: Price[] = [
  ...FIRST_PRICES,
  { channel: "mms", country: "US", amount: 0.02, currency: "USD" },
  { channel: "mms", country: null, amount: 0.3, currency: "EUR" },
];

describe("estimatePrice", () => {
  it("R032 R117 begins with the prices that the sources name", () => {
    const of = (values: Partial<Priced>) => estimatePrice(FIRST_PRICES, { ...text, ...values });
    expect(of({})).toEqual({ amount: 0.05, currency: "EUR" });
    expect(of({ country: "US" })).toEqual({ amount: 0.0075, currency: "USD" });
    expect(of({ country: "CA" })).toEqual({ amount: 0.0075, currency: "USD" });
    expect(of({ channel: "whatsapp", country: "FR" })).toEqual({ amount: 0.005, currency: "USD" });
  });

  it("R032 takes an SMS by its segments, the provider's count before ours", () => {
    expect(estimatePrice(prices, { ...text, body: "é".repeat(161) })?.amount).toBe(0.1);
    expect(estimatePrice(prices, { ...text, body: "ç".repeat(71) })?.amount).toBe(0.1);
    expect(estimatePrice(prices, { ...text, segments: 3 })?.amount).toBe(0.15);
  });

  it("takes an MMS and a WhatsApp message by the message, however long", () => {
    const long = { ...text, body: "a".repeat(900), segments: 6 };
    const of = (values: Partial<Priced>) => estimatePrice(prices, { ...long, ...values });
    expect(of({ hasMedia: true })).toEqual({ amount: 0.3, currency: "EUR" });
    expect(of({ hasMedia: true, country: "US" })).toEqual({ amount: 0.02, currency: "USD" });
    expect(of({ channel: "whatsapp" })).toEqual({ amount: 0.005, currency: "USD" });
    expect(of({ channel: "whatsapp", hasMedia: true })?.amount).toBe(0.005);
  });

  it("says that there is no price rather than that it is free", () => {
    expect(estimatePrice(FIRST_PRICES, { ...text, country: "SN" })).toBeNull();
    expect(estimatePrice(FIRST_PRICES, { ...text, country: null })).toBeNull();
    expect(estimatePrice(FIRST_PRICES, { ...text, hasMedia: true })).toBeNull();
    expect(estimatePrice(FIRST_PRICES, { ...text, channel: "email" })).toBeNull();
    expect(estimatePrice([], text)).toBeNull();
  });

  it("estimates nothing for what comes in", () => {
    expect(estimatePrice(prices, { ...text, direction: "in" })).toBeNull();
  });

  it("keeps a price of nothing apart from no price", () => {
    const free: Price[] = [{ channel: "sms", country: null, amount: 0, currency: "EUR" }];
    expect(estimatePrice(free, text)).toEqual({ amount: 0, currency: "EUR" });
  });
});

it("adds up each currency by itself", () => {
  const amounts = [
    { amount: 0.1, currency: "EUR" },
    { amount: 0.0075, currency: "USD" },
    { amount: 0.2, currency: "EUR" },
  ];
  expect(sumByCurrency(amounts)).toEqual([
    { amount: 0.3, currency: "EUR" },
    { amount: 0.0075, currency: "USD" },
  ]);
});

it("knows the country of a number, shared calling codes included", () => {
  expect(countryOfNumber("+33612345678")).toBe("FR");
  expect(countryOfNumber("+221771234567")).toBe("SN");
  expect(countryOfNumber("+262692123456")).toBe("RE");
  expect(countryOfNumber("+14155552671")).toBe("US");
  for (const address of ["36111", "Carillon", "FR.12345", "ada@example.test", ""]) {
    expect(countryOfNumber(address)).toBeNull();
  }
});

it("knows the country of what is being typed", () => {
  expect(countryOfTyped("06 12 34 56 78", "FR")).toBe("FR");
  expect(countryOfTyped("+221 77 123 45 67", "FR")).toBe("SN");
  expect(countryOfTyped("", "FR")).toBeNull();
  expect(countryOfTyped("Ada", "XX")).toBeNull();
});
