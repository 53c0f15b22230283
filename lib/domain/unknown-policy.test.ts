import { expect, it } from "vitest";
import { canBeAsked, unknownPolicy } from "./unknown-policy";

it("asks a provider that keeps a list, whatever the message", () => {
  expect(unknownPolicy("twilio", { isCritical: false, attempt: 1 })).toBe("ask");
  expect(unknownPolicy("twilio", { isCritical: true, attempt: 9 })).toBe("ask");
});

it("R205 sends at most once where nobody can be asked, and at least once what is critical", () => {
  for (const provider of ["aws_sns", "smtp"] as const) {
    expect(canBeAsked(provider)).toBe(false);
    expect(unknownPolicy(provider, { isCritical: false, attempt: 1 })).toBe("give_up");
    expect(unknownPolicy(provider, { isCritical: true, attempt: 1 })).toBe("send_again");
    expect(unknownPolicy(provider, { isCritical: true, attempt: 3 })).toBe("give_up");
  }
});
