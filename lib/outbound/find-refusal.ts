import type { SendingTarget } from "../../db/queries/sending-target";
import { type BodyFault, findBodyFault, MAX_BODY_UNITS } from "../domain/message-body";
import { isWindowOpen } from "../domain/message-expiry";
import type { SentForm } from "./link-files";

export type EnqueueRefusal = {
  kind: "refused";
  code:
    | BodyFault["code"]
    | "not_found"
    | "idempotency_key_reused"
    | "integration_inactive"
    | "sms_not_configured"
    | "twilio_not_configured"
    | "email_not_configured"
    | "invalid_email"
    | "invalid_phone_number"
    | "opted_out"
    | "whatsapp_window_closed"
    | "media_not_found"
    | "already_expired";
  message: string;
};

type RefusalInput = {
  target: SendingTarget;
  sent: SentForm;
  files: readonly {
    id: string;
    size: number | null;
    contentType: string | null;
    fileName: string | null;
  }[];
  input: {
    body: string;
    mediaIds?: readonly string[];
    sendAfter?: Date | null;
    expiresAt?: Date | null;
    template?: object | null;
    email?: { subject: string; html: string | null } | null;
  };
  now: Date;
};

const E164 = /^\+[1-9]\d{5,14}$/;

/** The first reason why a message may not even be stored (gates 1 to 3); null when it may. */
export function findRefusal(given: RefusalInput): EnqueueRefusal | null {
  return (
    findContentRefusal(given) ??
    findSenderRefusal(given) ??
    findFileRefusal(given) ??
    findRecipientRefusal(given)
  );
}

function findContentRefusal({ sent, files, input, now }: RefusalInput): EnqueueRefusal | null {
  const { body, mediaIds = [], expiresAt, sendAfter, email } = input;
  if (files.length < new Set(mediaIds).size || new Set(mediaIds).size < mediaIds.length) {
    return refuse("media_not_found", "An attachment does not exist or was already sent");
  }
  const fault = findBodyFault({ carriage: sent.carriage, body, files, email });
  if (fault) return refuse(fault.code, fault.message);
  if (sent.carriage === "link" && sent.body.length > MAX_BODY_UNITS) {
    const message = `The text and the links of its files have ${sent.body.length} characters; ${MAX_BODY_UNITS} are the most`;
    return refuse("message_too_long", message);
  }
  const due = sendAfter && sendAfter > now ? sendAfter : now;
  if (expiresAt && expiresAt <= due) {
    return refuse("already_expired", "expiresAt must lie after the moment of sending");
  }
  return null;
}

function findSenderRefusal({ target }: RefusalInput): EnqueueRefusal | null {
  const isEmail = target.channel === "email";
  if (target.isDeleted) {
    return isEmail
      ? refuse("email_not_configured", "E-mail delivery not configured")
      : refuse("sms_not_configured", "SMS delivery not configured");
  }
  if (!target.isActive) {
    const what = isEmail ? "from address" : "number";
    const message = `This ${what} is switched off: switch it on in Settings`;
    return refuse("integration_inactive", message);
  }
  if (target.provider === "resend" && !target.hasCredentials) {
    return refuse("email_not_configured", "E-mail credentials not configured");
  }
  if (target.provider === "twilio" && !target.hasCredentials) {
    return refuse("twilio_not_configured", "Twilio credentials not configured");
  }
  return null;
}

function findFileRefusal({ target, files }: RefusalInput): EnqueueRefusal | null {
  if (target.provider !== "aws_sns" || files.length === 0) return null;
  const message = "This number sends by AWS SNS, which carries text only: write from another one";
  return refuse("media_not_supported", message);
}

function findRecipientRefusal({ target, input, now }: RefusalInput): EnqueueRefusal | null {
  if (target.channel === "sms" && !E164.test(target.address)) {
    const message = "Invalid number: use the international format, like +33612345678";
    return refuse("invalid_phone_number", message);
  }
  if (target.consent === "opted_out") {
    const message = "This person has opted out; they must send START before we can write again";
    return refuse("opted_out", message);
  }
  if (target.channel !== "whatsapp" || input.template) return null;
  if (!isWindowOpen(target.lastInboundAt, input.sendAfter ?? now)) {
    const message =
      "More than 24 h since their last WhatsApp message: send an approved template, or wait until they write";
    return refuse("whatsapp_window_closed", message);
  }
  return null;
}

function refuse(code: EnqueueRefusal["code"], message: string): EnqueueRefusal {
  return { kind: "refused", code, message };
}
