import { describe, expect, it } from "vitest";
import { LOCALES } from "../words";
import { sentenceOf } from "./sentence";
import { NOTIFICATION_CHANNELS } from "./words";

const paris = { locale: "en", zone: "Europe/Paris" } as const;
const sms = { channel: "sms", releaseAt: null, insteadOf: null } as const;

describe("sentenceOf", () => {
  it("R027 R028 says what is missing", () => {
    expect(sentenceOf({ ...sms, reason: "no_sender" }, paris)).toBe("SMS delivery not configured");
    expect(sentenceOf({ ...sms, reason: "no_address" }, paris)).toBe("No phone number configured");
  });

  it("R030 says until when it is kept, by the reader's clock", () => {
    const kept = { ...sms, reason: "quiet_hours", releaseAt: new Date("2026-11-28T06:00:00Z") };
    expect(sentenceOf(kept, paris)).toBe("Quiet hours: kept until Nov 28, 2026, 7:00 AM");
    expect(sentenceOf(kept, { locale: "fr", zone: "Indian/Reunion" })).toBe(
      "Heures calmes\u00a0: gardé jusqu’au 28 nov. 2026, 10:00",
    );
  });

  it("says that another channel stands in for WhatsApp, whatever becomes of it there", () => {
    const next = { ...sms, insteadOf: "whatsapp" } as const;
    const sent = { ...next, reason: "instead_of_whatsapp" };
    expect(sentenceOf(sent, paris)).toBe(
      "WhatsApp’s 24 hours are over and no approved text: sent by SMS instead",
    );
    expect(sentenceOf(sent, { ...paris, locale: "fr" })).toBe(
      "Les 24\u00a0h de WhatsApp sont passées et aucun texte approuvé\u00a0: envoyé par SMS à la place",
    );
    const kept = { ...next, reason: "quiet_hours", releaseAt: new Date("2026-11-28T06:00:00Z") };
    expect(sentenceOf(kept, paris)).toBe(
      "In place of WhatsApp. Quiet hours: kept until Nov 28, 2026, 7:00 AM",
    );
    expect(sentenceOf({ ...kept, reason: "opted_out" }, { ...paris, locale: "fr" })).toBe(
      "À la place de WhatsApp. Désabonné de cet expéditeur",
    );
  });

  it("names a reason of the outbox, and leaves no place unfilled", () => {
    expect(sentenceOf({ ...sms, reason: "message_too_long" }, paris)).toContain("message_too_long");
    const reasons = ["sends", "expired", "no_address", "category_off", "channel_off", "toString"];
    for (const reason of reasons)
      for (const channel of NOTIFICATION_CHANNELS)
        for (const locale of LOCALES)
          expect(sentenceOf({ ...sms, reason, channel }, { ...paris, locale })).not.toMatch(
            /[{}]|undefined/,
          );
  });
});
