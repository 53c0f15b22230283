import { isSupportedCountry } from "libphonenumber-js/max";
import type { Budget } from "./budget";
import type { Price } from "./price";
import type { PricedChannel } from "./words";

/** `path` is the field's name in the API; `code` a key of `errors.field`. */
export type CostFault = { path: string; code: string; message: string };

export type PriceInput = {
  channel: PricedChannel;
  /** ISO 3166-1 alpha-2; null: every country without a row of its own. */
  country: string | null;
  /** A decimal, with a point or a comma. */
  amount: string;
  /** ISO 4217. */
  currency: string;
};

type Read<T> = { ok: true; value: T } | { ok: false; faults: CostFault[] };

/** A price table as it is stored, or what is wrong with it, each fault at its row. */
export function readPrices(rows: readonly PriceInput[]): Read<Price[]> {
  const faults = rows.flatMap((row, index) => [
    ...checkCountry(row, index),
    ...checkDouble(rows, index),
    ...checkMoney(row, `${index}.`),
  ]);
  if (faults.length > 0) return { ok: false, faults };
  const value = rows.map((row) => ({ ...row, amount: readAmount(row.amount) ?? 0 }));
  return { ok: true, value };
}

function checkCountry({ country }: PriceInput, index: number): CostFault[] {
  if (country === null || isSupportedCountry(country)) return [];
  const message = "An ISO 3166-1 country code of two letters, such as FR, or null for all others";
  return [{ path: `${index}.country`, code: "country", message }];
}

function checkDouble(rows: readonly PriceInput[], index: number): CostFault[] {
  const row = rows[index];
  const first = rows.findIndex(
    (other) => other.channel === row?.channel && other.country === row.country,
  );
  if (first === index) return [];
  const message = "This channel and country have a row already: keep one of the two";
  return [{ path: `${index}.country`, code: "price_twice", message }];
}

function checkMoney({ amount, currency }: { amount: string; currency: string }, prefix: string) {
  const faults: CostFault[] = [];
  if (readAmount(amount) === null) {
    const message = 'An amount such as "0.05", with at most six decimals';
    faults.push({ path: `${prefix}amount`, code: "amount", message });
  }
  if (!isCurrency(currency)) faults.push(wrongCurrency(`${prefix}currency`));
  return faults;
}

function wrongCurrency(path: string): CostFault {
  return { path, code: "currency", message: "An ISO 4217 currency code, such as EUR" };
}

export type BudgetInput = {
  currency: string;
  /** Decimals, with a point or a comma; null: none. */
  softCap: string | null;
  hardCap: string | null;
};

/** A budget as it is stored; null: both caps are empty, so there is none. */
export function readBudget({ currency, ...caps }: BudgetInput): Read<Budget | null> {
  const faults: CostFault[] = [];
  if (!isCurrency(currency)) faults.push(wrongCurrency("currency"));
  const softCap = caps.softCap === null ? null : readAmount(caps.softCap);
  const hardCap = caps.hardCap === null ? null : readAmount(caps.hardCap);
  const message = 'An amount such as "50" or "49.90", or null for no cap';
  if (caps.softCap !== null && softCap === null) {
    faults.push({ path: "softCap", code: "cap", message });
  }
  if (caps.hardCap !== null && hardCap === null) {
    faults.push({ path: "hardCap", code: "cap", message });
  }
  if (softCap !== null && hardCap !== null && softCap > hardCap) {
    const order = "The soft cap warns before the hard cap stops: it must not be the larger one";
    faults.push({ path: "softCap", code: "cap_order", message: order });
  }
  if (faults.length > 0) return { ok: false, faults };
  const isNone = softCap === null && hardCap === null;
  return { ok: true, value: isNone ? null : { currency, softCap, hardCap } };
}

/** null: it is no amount of money. Spaces between thousands are left out, a comma is a point. */
export function readAmount(text: string): number | null {
  const plain = text.replace(/\s/g, "").replace(",", ".");
  return /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}
