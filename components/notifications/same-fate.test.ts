import { describe, expect, it } from "vitest";
import { gatherAlike } from "./same-fate";

describe("channels that fared alike", () => {
  it("are told once, where the first of them stands", () => {
    const lines = [
      { channel: "web", state: "held", sentence: "Quiet hours" },
      { channel: "email", state: "refused", sentence: "No address" },
      { channel: "sms", state: "held", sentence: "Quiet hours" },
    ];
    expect(gatherAlike(lines)).toEqual([
      { channels: ["web", "sms"], state: "held", sentence: "Quiet hours" },
      { channels: ["email"], state: "refused", sentence: "No address" },
    ]);
  });

  it("stay apart where the state or the reason differs", () => {
    const lines = [
      { channel: "web", state: "web", sentence: null },
      { channel: "email", state: "sent", sentence: null },
      { channel: "sms", state: "refused", sentence: "Muted" },
      { channel: "whatsapp", state: "refused", sentence: "No number" },
    ];
    expect(gatherAlike(lines).map(({ channels }) => channels)).toEqual([
      ["web"],
      ["email"],
      ["sms"],
      ["whatsapp"],
    ]);
  });
});
