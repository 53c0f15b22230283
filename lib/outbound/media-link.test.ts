import { describe, expect, it } from "vitest";
import {
  linkUnits,
  MEDIA_LINK_SECONDS,
  openMediaLink,
  signMediaLink,
  signTextLink,
  TEXT_LINK_SECONDS,
} from "./media-link";

const ID = "01990a5e-7c3b-7def-8a12-0123456789ab";

function at(seconds: number, linkSecret = "secret") {
  return {
    clock: { now: () => new Date(1_790_000_000_000 + seconds * 1000), monotonic: () => 0 },
    settings: { appUrl: "https://carillon.test", timeScale: 1, trustedOrigins: [], linkSecret },
  };
}

const tokenOf = (url: string) => url.replace("https://carillon.test/m/", "");

describe("media links", () => {
  it("R417 opens for 24 hours what it signed", () => {
    const token = tokenOf(signMediaLink(at(0), ID));
    expect(openMediaLink(at(MEDIA_LINK_SECONDS - 1), token)).toEqual({
      kind: "valid",
      mediaId: ID,
    });
    expect(openMediaLink(at(MEDIA_LINK_SECONDS), token)).toEqual({ kind: "expired" });
  });

  it("R417 in a text opens for 30 days from when that is due, and is as long as the composer counts", () => {
    const link = signTextLink(at(0), ID, at(3600).clock.now());
    expect(link).toHaveLength(linkUnits(at(0)));
    const end = 3600 + TEXT_LINK_SECONDS;
    expect(openMediaLink(at(end - 1), tokenOf(link))).toEqual({ kind: "valid", mediaId: ID });
    expect(openMediaLink(at(end), tokenOf(link))).toEqual({ kind: "expired" });
  });

  it("R417 opens nothing that was changed, cut or signed elsewhere", () => {
    const token = tokenOf(signMediaLink(at(0), ID));
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === "1" ? "2" : "1";
      const changed = token.slice(0, i) + other + token.slice(i + 1);
      expect(openMediaLink(at(0), changed).kind).toBe("invalid");
      expect(openMediaLink(at(0), token.slice(0, i)).kind).toBe("invalid");
    }
    expect(openMediaLink(at(0, "other"), token).kind).toBe("invalid");
  });
});
