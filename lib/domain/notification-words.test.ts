import { describe, expect, it } from "vitest";
import { summaryWords } from "./notification-words";

const gate = { type: "gate", id: "4", title: "Gate 4", url: "https://example.org/4" };
const told = (title: string, subject: typeof gate | null = null) => ({ title, body: "", subject });
const listUrl = "https://carillon.test/notifications";

describe("summaryWords", () => {
  it("lists titles in a text, five at most, and leads to the list", () => {
    const all = Array.from({ length: 7 }, (_, nth) => told(`Alert ${nth}`));
    const { body } = summaryWords(all, { channel: "sms", locale: "en", listUrl });
    expect(body.split("\n")).toEqual([
      "7 notifications:",
      ...["- Alert 0", "- Alert 1", "- Alert 2", "- Alert 3", "- Alert 4"],
      "and 2 more",
      listUrl,
    ]);
  });

  it("leads to what all of them are about, on every channel the same", () => {
    const all = [told("One", gate), told("Two", gate)];
    for (const channel of ["sms", "whatsapp", "email"] as const) {
      const { body } = summaryWords(all, { channel, locale: "fr", listUrl });
      expect(body.split("\n").at(-1)).toBe(gate.url);
    }
    const mixed = summaryWords([...all, told("Three")], { channel: "sms", locale: "fr", listUrl });
    expect(mixed.body.split("\n").at(-1)).toBe(listUrl);
  });

  it("leads nowhere for who has no list", () => {
    const { body } = summaryWords([told("One"), told("Two")], {
      ...{ channel: "sms", locale: "fr", listUrl: null },
    });
    expect(body).toBe("2 notifications :\n- One\n- Two");
  });
});
