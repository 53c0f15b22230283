import { describe, expect, it } from "vitest";
import type { Template } from "../templates/template";
import { placeKey } from "../templates/template-id";
import { aVariable } from "../templates/template-input";
import type { Channel, Locale } from "../words";
import type { WorkspaceId } from "../workspace-id";
import { findSilence, ownWordsOf } from "./own-words";

const template = (channel: Channel, locale: Locale): Template => ({
  id: "t",
  name: "Expédiée",
  event: "order.shipped",
  channel,
  locale,
  subject: channel === "email" ? "Colis {{ parcel }}" : null,
  body: "Le colis {{ parcel }} arrive.",
  variables: [aVariable("parcel", "text", null)],
  isActive: true,
  version: 1,
  approved: {},
});
const bookOf = (...templates: Template[]) => ({
  workspaceId: "0199f5a0-0000-7000-8000-000000000001" as WorkspaceId,
  brand: "Ville",
  own: new Map(templates.map((one) => [placeKey(one), one])),
  contents: new Map(),
});
type Channels = Parameters<typeof findSilence>[0]["defaultChannels"];
const silence = (channels: Channels, templates: Template[], data: Record<string, unknown>) =>
  findSilence(
    { key: "order.shipped", defaultChannels: channels, replyCodes: [] },
    { data, locale: "fr", zone: "Europe/Paris", book: bookOf(...templates) },
  );

describe("ownWordsOf", () => {
  it.each([
    [
      { title: "A", message: "B" },
      { title: "A", body: "B" },
    ],
    [{ title: "A", message: " " }, null],
    [{ title: 1, message: "B" }, null],
    [{}, null],
  ])("takes a title with a message: %j", (data, words) => {
    expect(ownWordsOf(data)).toEqual(words);
  });
});

describe("findSilence", () => {
  const data = { parcel: "P-7" };
  const SMS = template("sms", "fr");

  it.each([
    [["sms"], [SMS], data, []],
    [["web", "sms"], [SMS], data, []],
    [["sms", "email"], [SMS, template("email", "fr")], data, []],
    [["sms"], [], data, ["title", "message"]],
    [["sms"], [], { ...data, title: "Colis" }, ["message"]],
    [["sms"], [template("sms", "en")], data, ["title", "message"]],
    [["sms"], [SMS], {}, ["title", "message"]],
    [["sms"], [{ ...SMS, body: "{% if parcel %}{% endif %}" }], data, ["title", "message"]],
    [["web"], [], data, ["title", "message"]],
    [["sms", "email"], [SMS], data, ["title", "message"]],
  ] satisfies [Channels, Template[], Record<string, unknown>, string[]][])(
    "of channels %j with their templates, some of which do not fit",
    (channels, templates, given, names) => {
      expect(silence(channels, templates, given).map(({ name }) => name)).toEqual(names);
    },
  );

  it("names the channels that say nothing, and the language", () => {
    const [fault] = silence(["sms", "email", "web"], [SMS], data);
    expect(fault?.message).toBe(
      "order.shipped has no template for email in French that this data fills: say it here, in 1 to 200 characters",
    );
  });
});
