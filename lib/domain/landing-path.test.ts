import { expect, it } from "vitest";
import { landingPath } from "./landing-path";

it.each([
  ["/inbox/1?view=mine", "/inbox/1?view=mine"],
  ["/inbox?_rsc=abc", "/inbox"],
  ["/settings/people", "/settings/people"],
])("leads back to %s", (asked, path) => {
  expect(landingPath(asked)).toBe(path);
});

it.each([
  null,
  undefined,
  "",
  "inbox",
  "https://evil.test/",
  "//evil.test/inbox",
  "/\\evil.test",
  "/\t/evil.test",
  "/./\\evil.test",
  "/.//evil.test",
  "javascript:alert(1)",
])("leads to the first page instead of %j", (asked) => {
  expect(landingPath(asked)).toBe("/");
});
