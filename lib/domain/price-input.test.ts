import { expect, it } from "vitest";
import { type PriceInput, readAmount, readBudget, readPrices } from "./price-input";

const row: PriceInput = { channel: "sms", country: "FR", amount: "0,05", currency: "EUR" };

it("reads amounts as people write them", () => {
  expect(readAmount("0,05")).toBe(0.05);
  expect(readAmount("0.0075")).toBe(0.0075);
  expect(readAmount("1\u202f250,5")).toBe(1250.5);
  for (const wrong of ["", "-1", "1e3", "free", "0.1234567", ".5", "1.2.3", "1234567890"]) {
    expect(readAmount(wrong)).toBeNull();
  }
});

it("takes a table, and names what is wrong with which of its rows", () => {
  expect(readPrices([row])).toEqual({ ok: true, value: [{ ...row, amount: 0.05 }] });
  const read = readPrices([
    row,
    { ...row, amount: "dear" },
    { ...row, country: "XX", currency: "EURO" },
    { ...row, country: null },
  ]);
  expect(read.ok).toBe(false);
  const faults = read.ok ? [] : read.faults.map(({ path, code }) => `${path} ${code}`);
  expect(faults).toEqual([
    "1.country price_twice",
    "1.amount amount",
    "2.country country",
    "2.currency currency",
  ]);
});

it("takes a budget of one cap or two, and none as no budget", () => {
  const none = { currency: "EUR", softCap: null, hardCap: null };
  expect(readBudget(none)).toEqual({ ok: true, value: null });
  expect(readBudget({ ...none, hardCap: "10,5" })).toEqual({
    ok: true,
    value: { ...none, hardCap: 10.5 },
  });
  const wrong = readBudget({ currency: "eur", softCap: "11", hardCap: "10" });
  expect(wrong.ok ? [] : wrong.faults.map(({ code }) => code)).toEqual(["currency", "cap_order"]);
  const text = readBudget({ ...none, softCap: "much" });
  expect(text.ok ? [] : text.faults.map(({ path }) => path)).toEqual(["softCap"]);
});
