import { describe, expect, it } from "vitest";
import { findFileFaults, findMediaFault, sizeWords } from "./media-rule";

const MB = 1024 * 1024;

describe("findMediaFault", () => {
  it.each([
    ["sms", "image/jpeg", 5 * MB, null],
    ["sms", "image/png", 5 * MB + 1, "media_too_large"],
    ["sms", "application/pdf", 500 * 1024, null],
    ["sms", "application/pdf", 500 * 1024 + 1, "media_too_large"],
    ["sms", "image/webp", 600 * 1024, "media_too_large"],
    ["sms", null, 2 * MB, null],
    ["whatsapp", "image/webp", 5 * MB, null],
    ["whatsapp", "video/mp4; codecs=avc1", 16 * MB, null],
    ["whatsapp", "video/mp4", 16 * MB + 1, "media_too_large"],
    ["whatsapp", "image/gif", 1000, "media_type_not_allowed"],
    ["whatsapp", "application/zip", 1000, "media_type_not_allowed"],
    ["whatsapp", null, 1000, null],
    ["sms", "image/jpeg", null, null],
    ["link", "image/webp", 5 * MB, null],
    ["link", "image/jpeg", 5 * MB + 1, "media_too_large"],
    ["link", "application/pdf", 16 * MB, null],
    ["link", "application/pdf", 16 * MB + 1, "media_too_large"],
  ] as const)("R417 %s: %s of %s bytes: %s", (channel, contentType, size, code) => {
    expect(findMediaFault(channel, { contentType, size })?.code ?? null).toBe(code);
  });

  it.each([
    ["whatsapp", ["image/png", "image/png"], [null, "too_many_media"]],
    ["whatsapp", ["image/gif", "image/png"], ["media_type_not_allowed", null]],
    ["whatsapp", ["image/png", "image/gif"], [null, "media_type_not_allowed"]],
    ["sms", ["image/png", "image/png"], [null, null]],
    ["link", Array(11).fill("image/png"), [...Array(10).fill(null), "too_many_media"]],
    ["whatsapp", [], []],
  ] as const)("R417 %s: of %j each gets its own fault", (carriage, types, codes) => {
    const files = types.map((contentType: string) => ({ contentType, size: 1000 }));
    expect(findFileFaults(carriage, files).map((fault) => fault?.code ?? null)).toEqual(codes);
  });

  it("says sizes as people read them", () => {
    expect(sizeWords(5 * MB)).toEqual({ amount: 5, unit: "MB" });
    expect(sizeWords(500 * 1024)).toEqual({ amount: 500, unit: "KB" });
  });
});
