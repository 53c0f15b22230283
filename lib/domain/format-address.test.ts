import { expect, test } from "vitest";
import { formatAddress, initialsOf } from "./format-address";

test("a number of the home country is written nationally, others internationally", () => {
  expect(formatAddress("+33199001234", "FR").replace(/\s/gu, " ")).toBe("01 99 00 12 34");
  expect(formatAddress("+442079460018", "FR")).toBe("+44 20 7946 0018");
  expect(formatAddress("+33199001234", null)).toBe("+33 1 99 00 12 34");
});

test("what is no number stays as it is", () => {
  expect(formatAddress("FR.13491208655302741918", "FR")).toBe("FR.13491208655302741918");
  expect(formatAddress("+", "FR")).toBe("+");
});

test("initials come from the name, else from the number's end", () => {
  expect(initialsOf("Camille de la Tour", "+33199001234")).toBe("CT");
  expect(initialsOf("Éloïse", "+33199001234")).toBe("ÉL");
  expect(initialsOf(null, "+33199001234")).toBe("34");
  expect(initialsOf("  ", "x")).toBe("?");
});
