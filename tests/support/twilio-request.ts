import { randomBytes } from "node:crypto";
import type { RawRequest } from "../../lib/http/raw";
import { signTwilioRequest } from "../../lib/http/twilio-signature";
import type { TestWorkspace } from "./workspace";

const PATH = "/api/webhooks/twilio";

/** A new provider id of a message. */
export function messageSid() {
  return `SM${randomBytes(16).toString("hex")}`;
}

/** Somebody's invented French mobile number. */
export function phoneNumber() {
  return `+3361234${(randomBytes(2).readUInt16BE() % 10_000).toString().padStart(4, "0")}`;
}

/** What Twilio posts for an SMS to the workspace's number. */
export function smsFields(
  workspace: TestWorkspace,
  fields: Record<string, string> = {},
): Record<string, string> {
  return {
    ToCountry: "FR",
    SmsStatus: "received",
    FromCity: "",
    NumMedia: "0",
    ApiVersion: "2010-04-01",
    MessageSid: messageSid(),
    AccountSid: workspace.account.sid,
    From: "+33612345678",
    To: workspace.integration.sender,
    Body: "Bonjour",
    ...fields,
  };
}

type Options = { token: string; path?: string; origin?: string };

/** The fields as Twilio would post them: form-encoded and signed. */
export function signedRequest(
  fields: Record<string, string>,
  { token, path = PATH, origin = "https://carillon.test" }: Options,
): RawRequest {
  return {
    method: "POST",
    url: path,
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-twilio-signature": signTwilioRequest(token, origin + path, Object.entries(fields)),
    },
    body: Buffer.from(new URLSearchParams(fields).toString()),
    remoteAddress: "192.0.2.1",
  };
}
