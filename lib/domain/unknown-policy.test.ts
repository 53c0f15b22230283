import { expect, it } from "vitest";
import { canBeAsked, sameKeyDelay, unknownPolicy } from "./unknown-policy";

const HOUR = 3_600_000;
const just = { unknownForMs: 30_000 };

it("asks a provider that keeps a list, whatever the message", () => {
  expect(unknownPolicy("twilio", { isCritical: false, attempt: 1, ...just })).toBe("ask");
  expect(unknownPolicy("twilio", { isCritical: true, attempt: 9, ...just })).toBe("ask");
});

it("R205 sends at most once where nobody can be asked, and at least once what is critical", () => {
  for (const provider of ["aws_sns", "smtp"] as const) {
    expect(canBeAsked(provider)).toBe(false);
    expect(unknownPolicy(provider, { isCritical: false, attempt: 1, ...just })).toBe("give_up");
    expect(unknownPolicy(provider, { isCritical: true, attempt: 1, ...just })).toBe("send_again");
    expect(unknownPolicy(provider, { isCritical: true, attempt: 3, ...just })).toBe("give_up");
  }
});

it("tries again under the same key while the provider knows it, and no longer", () => {
  const send = { isCritical: false, attempt: 40 };
  expect(unknownPolicy("resend", { ...send, unknownForMs: 0 })).toBe("same_key");
  expect(unknownPolicy("resend", { ...send, unknownForMs: 23 * HOUR - 1 })).toBe("same_key");
  expect(unknownPolicy("resend", { ...send, unknownForMs: 23 * HOUR })).toBe("give_up");
  const critical = { isCritical: true, attempt: 2, unknownForMs: 23 * HOUR };
  expect(unknownPolicy("resend", critical)).toBe("send_again");
});

it("waits longer before each further try of a key, half an hour at most", () => {
  expect([1, 2, 3, 7, 60].map(sameKeyDelay)).toEqual([0, 30, 90, 1800, 1800]);
});
