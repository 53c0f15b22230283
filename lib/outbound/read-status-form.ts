import { readCarrierTime } from "../domain/carrier-time";
import { fromTwilioStatus } from "../domain/message-status";
import type { StatusReport } from "./apply-status";

const MESSAGE_SID = /^[SM]M[0-9a-fA-F]{32}$/;

/** What the timeline keeps of a callback: never addresses or bodies. */
const KEPT = [
  "MessageStatus",
  "ErrorCode",
  "ErrorMessage",
  "RawDlrDoneDate",
  "ChannelStatusMessage",
  "EventType",
];

export type StatusForm =
  | { ok: true; accountSid: string; report: Omit<StatusReport, "messageId" | "attempt"> }
  | { ok: false; reason: string };

/** Twilio's status callback (reference §2.1) in our words. */
export function readStatusForm(fields: ReadonlyMap<string, string>): StatusForm {
  const providerId = fields.get("MessageSid") ?? fields.get("SmsSid") ?? "";
  const word = fields.get("MessageStatus") ?? fields.get("SmsStatus") ?? "";
  const accountSid = fields.get("AccountSid") ?? "";
  if (!MESSAGE_SID.test(providerId)) return { ok: false, reason: "MessageSid is missing or wrong" };
  if (accountSid === "") return { ok: false, reason: "AccountSid is missing" };
  if (word === "") return { ok: false, reason: "MessageStatus is missing" };
  const errorCode = fields.get("ErrorCode") || null;
  return {
    ok: true,
    accountSid,
    report: {
      providerId,
      status: fromTwilioStatus(word),
      errorCode: errorCode === "0" ? null : errorCode,
      errorMessage: fields.get("ErrorMessage") ?? fields.get("ChannelStatusMessage") ?? null,
      carrierAt: readCarrierTime(fields.get("RawDlrDoneDate")),
      data: keptOf(fields),
      via: "callback",
    },
  };
}

function keptOf(fields: ReadonlyMap<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = fields.get(name);
    if (value) kept[name] = value.slice(0, 300);
  }
  return kept;
}
