import { expect, it } from "vitest";
import { spendingCsv } from "./spending-csv";

const row = {
  channel: "sms",
  country: "FR",
  currency: "EUR",
  messages: 3,
  unpriced: 0,
  billed: 0.1398,
  estimated: 0.05,
  billedElsewhere: 0,
} as const;

it("writes a row for each channel, country and currency, and an empty field for what is not known", () => {
  const unknown = { ...row, country: null, currency: null, unpriced: 3, billed: 0, estimated: 0 };
  const onlyCounted = { ...row, messages: 0, billedElsewhere: 0.05 };
  expect(spendingCsv("2026-11", [row, unknown, onlyCounted])).toBe(
    [
      "month,channel,country,currency,messages,without_price,billed,estimated",
      "2026-11,sms,FR,EUR,3,0,0.1398,0.05",
      "2026-11,sms,,,3,3,0,0",
      "",
    ].join("\r\n"),
  );
});

it("makes a text of what a spreadsheet would take for a formula", () => {
  expect(spendingCsv("=1+1", [row])).toContain("\r\n'=1+1,sms");
});
