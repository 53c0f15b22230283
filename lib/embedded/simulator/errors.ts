/** A refusal of the REST API, as Twilio's error dictionary numbers them. */
export type RestError = { status: number; code: number; message: string };

const MESSAGES: Record<number, string> = {
  20003: "Authenticate",
  20009: "Cannot delete this message because it is still in progress",
  20429: "Too Many Requests",
  20500: "An internal server error has occurred",
  21211: "Invalid 'To' Phone Number",
  21212: "Invalid From Number",
  21266: "'To' and 'From' number cannot be the same",
  21408:
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
  21602: "Message body is required.",
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21606:
    "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account",
  21608: "The number is unverified. Trial accounts cannot send messages to unverified numbers",
  21609: "The 'StatusCallback' URL is not a valid URL.",
  21610: "Attempt to send to unsubscribed recipient",
  21611: "This 'From' number has exceeded the maximum number of queued messages",
  21612: "The message cannot be sent with the current combination of 'To' and/or 'From' parameters",
  21614: "'To' number is not a valid mobile number",
  21617: "The concatenated message body exceeds the 1600 character limit",
  21620: "Invalid media URL(s)",
  21623: "Number of media files exceeds allowed limit",
  21624: "The 'ValidityPeriod' parameter is not within the allowed range",
  21654: "ContentSid Required",
  21656: "The ContentVariables Parameter is invalid",
  21701: "The Messaging Service does not exist",
  21703: "The Messaging Service does not contain any phone numbers",
  21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
  30409: "The message cannot be canceled in its current state",
  35111: "SendAt is required for a scheduled message",
  35115: "SendAt is outside of the allowed window",
  35118: "A MessagingServiceSid is required to schedule a message",
  63027: "Template does not exist for a language and locale",
  63028: "Number of parameters provided does not match the expected number of parameters",
  63040: "Template rejected",
  63007: "Twilio could not find a Channel with the specified From address",
};

const STATUSES: Record<number, number> = {
  20003: 401,
  20009: 409,
  20404: 404,
  20429: 429,
  20500: 500,
  20503: 503,
};

/** @param detail Put behind the sentence, as Twilio does with numbers. */
export function restError(code: number, detail?: string): RestError {
  const sentence = MESSAGES[code] ?? `Error ${code}`;
  return {
    status: STATUSES[code] ?? 400,
    code,
    message: detail === undefined ? sentence : `${sentence}: ${detail}`,
  };
}

export function notFound(path: string): RestError {
  return { status: 404, code: 20404, message: `The requested resource ${path} was not found` };
}

export function errorJson(error: RestError): string {
  return JSON.stringify({
    code: error.code,
    message: error.message,
    more_info: `https://www.twilio.com/docs/errors/${error.code}`,
    status: error.status,
  });
}

/** Recent replies hide the last four digits. */
export function maskNumber(number: string): string {
  return number.length > 6 ? `${number.slice(0, -4)}XXXX` : number;
}
