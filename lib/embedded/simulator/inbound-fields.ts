import type { OptOutType } from "./keywords";
import type { FormFields } from "./signature";
import { bareAddress, type SimMessage } from "./words";

type Fields = [string, string][];

/** The webhook parameters of a received SMS or MMS, in the order of a real capture. */
export function smsFields(
  message: SimMessage,
  mediaUrls: string[],
  optOutType: OptOutType | null,
): FormFields {
  const country = countryOf(message.to);
  const fields = typeFields(message);
  fields.push(["ToCountry", country], ["ToState", ""], ["SmsMessageSid", message.sid]);
  fields.push(["NumMedia", String(message.media.length)], ["ToCity", ""], ["FromZip", ""]);
  fields.push(["SmsSid", message.sid], ["FromState", ""], ["SmsStatus", "received"]);
  fields.push(["FromCity", ""], ["Body", message.body]);
  fields.push(["FromCountry", countryOf(message.from ?? "")], ["To", message.to]);
  if (message.serviceSid) fields.push(["MessagingServiceSid", message.serviceSid]);
  fields.push(["ToZip", ""], ["NumSegments", String(message.segments)]);
  fields.push(["MessageSid", message.sid], ["AccountSid", message.accountSid]);
  fields.push(["From", message.from ?? ""]);
  fields.push(...urlFields(mediaUrls));
  if (optOutType) fields.push(["OptOutType", optOutType]);
  fields.push(["ApiVersion", "2010-04-01"]);
  return fields;
}

/** The webhook parameters of what a WhatsApp person sends. Ids without a number have no WaId. */
export function whatsappFields(
  message: SimMessage,
  mediaUrls: string[],
  profileName: string | null,
): FormFields {
  const bare = bareAddress(message.from ?? "");
  const fields: Fields = [["SmsMessageSid", message.sid]];
  fields.push(["NumMedia", String(message.media.length)]);
  if (profileName !== null) fields.push(["ProfileName", profileName]);
  fields.push(["MessageType", messageType(message)], ["SmsSid", message.sid]);
  if (bare.startsWith("+")) fields.push(["WaId", bare.slice(1)]);
  else fields.push(["ExternalUserId", message.from ?? ""]);
  fields.push(["SmsStatus", "received"], ["Body", message.body], ["To", message.to]);
  if (message.serviceSid) fields.push(["MessagingServiceSid", message.serviceSid]);
  fields.push(["NumSegments", "1"], ["ReferralNumMedia", "0"], ["MessageSid", message.sid]);
  fields.push(
    ["AccountSid", message.accountSid],
    ["ChannelMetadata", channelMetadata(bare, profileName)],
  );
  fields.push(["From", message.from ?? ""], ...extraFields(message));
  fields.push(...typeFields(message), ...urlFields(mediaUrls));
  if (message.repliesTo) {
    fields.push(["OriginalRepliedMessageSid", message.repliesTo]);
    fields.push(["OriginalRepliedMessageSender", message.to]);
  }
  fields.push(["ApiVersion", "2010-04-01"]);
  return fields;
}

function typeFields(message: SimMessage): Fields {
  return message.media.map((media, i) => [`MediaContentType${i}`, media.contentType]);
}

function urlFields(urls: string[]): Fields {
  return urls.map((url, i) => [`MediaUrl${i}`, url]);
}

function messageType(message: SimMessage): string {
  const { extra, media } = message;
  if (extra?.kind === "location" || extra?.kind === "button") return extra.kind;
  if (extra?.kind === "list") return "interactive";
  const [first] = media;
  if (!first) return "text";
  if (first.contentType === "text/vcard") return "contacts";
  const family = first.contentType.split("/")[0] ?? "";
  return ["image", "audio", "video"].includes(family) ? family : "document";
}

function extraFields(message: SimMessage): Fields {
  const { extra } = message;
  switch (extra?.kind) {
    case "location":
      return [
        ["Latitude", String(extra.latitude)],
        ["Longitude", String(extra.longitude)],
        ["Address", extra.address],
        ["Label", extra.label],
      ];
    case "button":
      return [
        ["ButtonText", extra.text],
        ["ButtonPayload", extra.payload],
      ];
    case "list":
      return [
        ["ListId", extra.id],
        ["ListTitle", extra.title],
      ];
    default:
      return [];
  }
}

function channelMetadata(bare: string, profileName: string | null): string {
  const context = { ProfileName: profileName ?? "", WaId: bare.replace("+", "") };
  return JSON.stringify({ type: "whatsapp", data: { context } });
}

const COUNTRIES: [string, string][] = [
  ["+33", "FR"],
  ["+32", "BE"],
  ["+41", "CH"],
  ["+44", "GB"],
  ["+221", "SN"],
  ["+241", "GA"],
  ["+1", "US"],
];

function countryOf(number: string): string {
  return COUNTRIES.find(([prefix]) => number.startsWith(prefix))?.[1] ?? "";
}
