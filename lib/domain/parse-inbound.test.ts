import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InboundMessage, parseInbound } from "./parse-inbound";

const SMS = {
  MessageSid: "SM1",
  AccountSid: "AC1",
  From: "+33612345678",
  To: "+33199000001",
  Body: "Bonjour",
  NumMedia: "0",
};
const WHATSAPP = {
  ...SMS,
  From: "whatsapp:+33612345678",
  To: "whatsapp:+14155238886",
  MessageType: "text",
};

function parse(fields: Record<string, string>): InboundMessage {
  const result = parseInbound(new Map(Object.entries(fields)));
  if (!result.ok) throw new Error(`${result.field} ${result.reason}`);
  return result.message;
}

describe("parseInbound", () => {
  it("R406 reads an SMS", () => {
    expect(parse({ ...SMS, FromCountry: "FR", MessagingServiceSid: "MG1" })).toMatchObject({
      providerId: "SM1",
      accountSid: "AC1",
      messagingServiceSid: "MG1",
      channel: "sms",
      from: { value: "+33612345678", kind: "phone" },
      to: "+33199000001",
      country: "FR",
      body: "Bonjour",
      kind: "text",
      content: null,
      media: [],
    });
  });

  it("R406 keeps the body as it was written: emoji, spaces, new lines", () => {
    expect(parse({ ...SMS, Body: "  Été\n👩‍👩‍👧 " }).body).toBe("  Été\n👩‍👩‍👧 ");
  });

  it.each(["MessageSid", "AccountSid", "From", "To"])("R406 names a missing %s", (field) => {
    const fields: Record<string, string> = { ...SMS };
    delete fields[field];
    expect(parseInbound(new Map(Object.entries(fields)))).toEqual({
      ok: false,
      field,
      reason: "is missing",
    });
  });

  it("R406 takes SmsSid where there is no MessageSid", () => {
    const { MessageSid, ...rest } = SMS;
    expect(parse({ ...rest, SmsSid: MessageSid }).providerId).toBe("SM1");
  });

  it("refuses a status callback sent to the wrong address and says where it belongs", () => {
    const fields = new Map(Object.entries({ ...SMS, MessageStatus: "delivered" }));
    expect(parseInbound(fields)).toMatchObject({ ok: false, field: "MessageStatus" });
  });

  it("R417 reads the files of an MMS in order", () => {
    const mms = parse({
      ...SMS,
      Body: "",
      NumMedia: "2",
      MediaUrl0: "https://api.example.test/a",
      MediaContentType0: "image/jpeg",
      MediaUrl1: "https://api.example.test/b",
      MediaUrl2: "https://api.example.test/not-counted",
    });
    expect(mms).toMatchObject({ kind: "media", body: "" });
    expect(mms.media).toEqual([
      { url: "https://api.example.test/a", contentType: "image/jpeg" },
      { url: "https://api.example.test/b", contentType: null },
    ]);
  });

  it("R112 strips the whatsapp: prefix and keeps the person's number", () => {
    expect(parse(WHATSAPP)).toMatchObject({
      channel: "whatsapp",
      from: { value: "+33612345678", kind: "phone" },
      fromRaw: "whatsapp:+33612345678",
      to: "+14155238886",
    });
  });

  it("R112 takes a WhatsApp sender without a number", () => {
    const message = parse({ ...WHATSAPP, From: "whatsapp:FR.13491208655302741918" });
    expect(message.from).toEqual({
      channel: "whatsapp",
      value: "FR.13491208655302741918",
      kind: "whatsapp",
    });
  });

  it("R112 learns both names of a person who has both", () => {
    const id = "whatsapp:FR.1349";
    expect(parse({ ...WHATSAPP, ExternalUserId: id, WaId: "33612345678" }).alias?.value).toBe(
      "FR.1349",
    );
    expect(parse({ ...WHATSAPP, From: id, WaId: "33612345678" }).alias).toEqual({
      channel: "whatsapp",
      value: "+33612345678",
      kind: "phone",
    });
    expect(parse({ ...WHATSAPP, WaId: "33612345678" }).alias).toBeNull();
  });

  it.each(["image", "audio", "video", "document", "sticker"])("R417 reads WhatsApp %s", (type) => {
    const message = parse({
      ...WHATSAPP,
      MessageType: type,
      NumMedia: "1",
      MediaUrl0: "https://api.example.test/a",
    });
    expect(message).toMatchObject({ kind: "media", content: { mediaType: type } });
  });

  it("reads a WhatsApp place", () => {
    const place = { Latitude: "48.8566", Longitude: "2.3522", Address: "Paris", Label: "Mairie" };
    expect(parse({ ...WHATSAPP, MessageType: "location", Body: "", ...place })).toMatchObject({
      kind: "location",
      content: { latitude: 48.8566, longitude: 2.3522, address: "Paris", label: "Mairie" },
    });
  });

  it("reads WhatsApp contacts, buttons and lists", () => {
    const card = { NumMedia: "1", MediaUrl0: "https://x.test/c", MediaContentType0: "text/vcard" };
    expect(parse({ ...WHATSAPP, MessageType: "contacts", ...card }).kind).toBe("contacts");
    expect(
      parse({
        ...WHATSAPP,
        MessageType: "button",
        Body: "",
        ButtonText: "Oui",
        ButtonPayload: "y",
      }),
    ).toMatchObject({ kind: "button", body: "Oui", content: { text: "Oui", payload: "y" } });
    expect(
      parse({ ...WHATSAPP, MessageType: "interactive", Body: "", ListId: "7", ListTitle: "Sept" }),
    ).toMatchObject({ kind: "list", body: "Sept", content: { id: "7", title: "Sept" } });
  });

  it("knows what a reply quotes and which ad a person came from", () => {
    const message = parse({
      ...WHATSAPP,
      OriginalRepliedMessageSid: "SM0",
      OriginalRepliedMessageSender: "whatsapp:+14155238886",
      ReferralHeadline: "Soldes",
      ReferralSourceUrl: "https://fb.me/x",
      Forwarded: "true",
    });
    expect(message.quotedProviderId).toBe("SM0");
    expect(message).toMatchObject({
      kind: "text",
      content: {
        referral: { headline: "Soldes", sourceUrl: "https://fb.me/x" },
        forwarded: true,
      },
    });
  });

  it("keeps a kind that nobody knows yet with its fields", () => {
    const message = parse({ ...WHATSAPP, MessageType: "hologram", Body: "", HologramId: "42" });
    expect(message).toMatchObject({
      kind: "unknown",
      content: { messageType: "hologram", fields: { HologramId: "42" } },
    });
  });

  it("makes every text storable: no NUL, no lone surrogate", () => {
    const message = parse({
      ...WHATSAPP,
      Body: "a\0b\ud800c",
      ProfileName: "\0Ada\udfff",
      MessageType: "x",
      Strange: "\0\ud800",
    });
    expect(message.body).toBe("ab\ufffdc");
    expect(JSON.stringify(message)).not.toMatch(/\\u0000|\\ud800|\\udfff/);
  });

  it("bounds what it keeps", () => {
    const huge = "x".repeat(500_000);
    const message = parse({
      ...WHATSAPP,
      MessageType: "x",
      Body: huge,
      ProfileName: huge,
      A: huge,
    });
    expect(JSON.stringify(message).length).toBeLessThan(100_000);
    expect(parseInbound(new Map(Object.entries({ ...SMS, From: huge })))).toMatchObject({
      ok: false,
      field: "From",
    });
  });

  it("never throws and never lets a NUL through", () => {
    const value = fc.string({ unit: "binary", maxLength: 40 });
    const names = fc.constantFrom(
      ..."From To Body NumMedia MediaUrl0 Latitude Longitude MessageType ButtonText ProfileName".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(names, value), (fields) => {
        const result = parseInbound(new Map(Object.entries({ ...SMS, ...fields })));
        expect(JSON.stringify(result)).not.toContain("\\u0000");
      }),
    );
  });
});
