import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readImageSize } from "./image-size";
import { detectMediaType, isShownInline } from "./media-type";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...Buffer.from(part as string, "latin1")]));

const PNG = bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0, 0, 13], "IHDR", [0, 0, 1, 0, 0, 0, 0, 200]);
const GIF = bytes("GIF89a", [44, 1, 200, 0]);
const JPEG = bytes(
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
  [0xff, 0xc4, 0, 3, 0],
  [0xff, 0xc0, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 3, 0, 0, 0],
);
const WEBP = bytes(
  "RIFF",
  [0, 0, 0, 0],
  "WEBPVP8X",
  [0, 0, 0, 0, 0, 0, 0, 0, 0x1f, 3, 0, 0x57, 2, 0],
);

describe("detectMediaType", () => {
  it.each([
    [PNG, "image/png"],
    [GIF, "image/gif"],
    [JPEG, "image/jpeg"],
    [WEBP, "image/webp"],
    [bytes("%PDF-1.7"), "application/pdf"],
    [bytes("OggS...."), "audio/ogg"],
    [bytes([0, 0, 0, 24], "ftypisom"), "video/mp4"],
    [bytes([0, 0, 0, 24], "ftypM4A "), "audio/mp4"],
    [bytes("BEGIN:VCARD\n"), "text/vcard"],
    [bytes([0xff, 0xfb, 0x90, 0x44]), "audio/mpeg"],
  ])("R417 knows the file by its bytes, whatever is claimed (%#)", (file, type) => {
    expect(detectMediaType(file, "text/html")).toBe(type);
    expect(detectMediaType(file, null)).toBe(type);
  });

  it("R417 believes the claim only where bytes cannot contradict it", () => {
    const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    expect(detectMediaType(bytes("PK", [3, 4, 0]), docx)).toBe(docx);
    expect(detectMediaType(bytes("PK", [3, 4, 0]), "image/png")).toBe("application/zip");
    expect(detectMediaType(bytes("hello"), "text/plain; charset=utf-8")).toBe("text/plain");
    expect(detectMediaType(bytes("<svg onload=x>"), "image/svg+xml")).toBe(
      "application/octet-stream",
    );
    expect(detectMediaType(bytes("<script>"), "text/html")).toBe("application/octet-stream");
    expect(detectMediaType(bytes("<script>"), "image/png")).toBe("application/octet-stream");
    expect(detectMediaType(new Uint8Array(), "image/png")).toBe("application/octet-stream");
  });

  it("shows in place what carries no script", () => {
    const shown = ["image/png", "audio/ogg", "video/mp4", "application/pdf"];
    expect(shown.every(isShownInline)).toBe(true);
    const kept = ["image/svg+xml", "text/html", "text/vcard", "application/octet-stream"];
    expect(kept.some(isShownInline)).toBe(false);
  });
});

describe("readImageSize", () => {
  it.each([
    [PNG, "image/png", { width: 256, height: 200 }],
    [GIF, "image/gif", { width: 300, height: 200 }],
    [JPEG, "image/jpeg", { width: 800, height: 600 }],
    [WEBP, "image/webp", { width: 800, height: 600 }],
  ])("R417 reads the pixels of a picture from its header (%#)", (file, type, size) => {
    expect(readImageSize(file, type)).toEqual(size);
  });

  it("never throws and never loops on rubbish", () => {
    const types = fc.constantFrom("image/png", "image/gif", "image/jpeg", "image/webp", "x/y");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), types, (file, type) => {
        const size = readImageSize(file, type);
        expect(size === null || size.width > 0).toBe(true);
        expect(detectMediaType(file, type)).toContain("/");
      }),
    );
  });
});
