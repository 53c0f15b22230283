import { expect, test } from "vitest";
import { classOfError } from "./class-of-error";

test("the class of an error is the code at its bottom, else its name, and never its words", () => {
  const refused = Object.assign(new Error("Ada owes 3 €"), { code: "23505" });
  expect(classOfError(new Error("insert … Ada", { cause: refused }))).toBe("23505");
  expect(classOfError(new TypeError("Ada is not a function"))).toBe("TypeError");
  expect(classOfError("Ada")).toBe("unknown");
});
