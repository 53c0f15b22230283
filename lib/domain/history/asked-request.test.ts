import { expect, test } from "vitest";
import { askedRequest } from "./asked-request";

const kept = {
  provider: "twilio",
  accountSid: "AC0123456789abcdef0123456789abcdef",
  channel: "sms",
  fromAddress: "+33199000000",
  messagingServiceSid: null,
  toAddress: "+33612345678",
  subject: null,
  body: "Voici\nhttps://example.org/m/secret.token.x",
  content: { linkedWords: "Voici" },
  segments: 1,
} as const;

test("a request shows neither credentials nor links that open files", () => {
  const asked = askedRequest(kept);
  expect(asked).toMatchObject({ body: "Voici", characters: 5, to: "+33612345678" });
  expect(asked.account).toBe("AC01••••••cdef");
  expect(JSON.stringify(asked)).not.toMatch(/secret|456789abcdef0/);
});

test("a template is named by its content", () => {
  const content = { template: { contentSid: "HX1", name: "ready", variables: {} } };
  expect(askedRequest({ ...kept, content }).contentSid).toBe("HX1");
  expect(askedRequest({ ...kept, accountSid: "x@mail" }).account).toBe("••••••");
});
