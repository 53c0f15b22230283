import { expect, test } from "vitest";
import { zoneOfNumber } from "./zone-of-number";

test("a number of a country with one zone tells the hour there, others tell nothing", () => {
  expect(zoneOfNumber("+33199001234")).toBe("Europe/Paris");
  expect(zoneOfNumber("+221771234567")).toBe("Africa/Dakar");
  expect(zoneOfNumber("+12025550143")).toBeNull();
  expect(zoneOfNumber("FR.13491208655302741918")).toBeNull();
});
