import { describe, expect, it } from "vitest";
import { readEmailEvent } from "./email-events";
import { describeError } from "./provider-errors";

describe("readEmailEvent", () => {
  it.each([
    ["sent", "sent", null],
    ["delivered", "delivered", null],
    ["opened", "read", null],
    ["clicked", "read", null],
    ["bounced", "undelivered", "email_bounced"],
    ["suppressed", "undelivered", "email_suppressed"],
    ["failed", "failed", "email_failed"],
    ["canceled", "failed", "email_canceled"],
    ["delivery_delayed", null, null],
    ["queued", null, null],
    ["scheduled", null, null],
    ["received", null, null],
    ["a_word_of_tomorrow", null, null],
  ])("%s is %s, as last event and as webhook", (word, status, errorCode) => {
    const meaning = { status, errorCode, isComplaint: false };
    expect(readEmailEvent(word)).toEqual(meaning);
    expect(readEmailEvent(`email.${word}`)).toEqual(meaning);
    if (errorCode) expect(describeError(errorCode).class).toBe("permanent");
  });

  it("a complaint was delivered, and is one", () => {
    const meaning = { status: "delivered", errorCode: null, isComplaint: true };
    expect(readEmailEvent("email.complained")).toEqual(meaning);
    expect(readEmailEvent("complained")).toEqual(meaning);
  });
});
