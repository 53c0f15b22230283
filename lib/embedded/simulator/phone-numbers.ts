import { parse } from "node:querystring";
import { keepAccount } from "./accounts";
import { notFound, restError } from "./errors";
import { type Exchange, readBody, sendError, sendJson } from "./http";
import { rfc2822 } from "./message-json";
import type { Network } from "./network";
import type { SimAccount, SimNumber } from "./words";

/** `/IncomingPhoneNumbers.json` and `/IncomingPhoneNumbers/{sid}.json`: read, and set the webhooks. */
export async function answerPhoneNumbers(
  network: Network,
  account: SimAccount,
  exchange: Exchange,
  rest: string,
) {
  const { method, path, query, request, response } = exchange;
  if (rest === "/IncomingPhoneNumbers.json" && method === "GET") {
    return sendJson(response, 200, numberPage(account, path, query));
  }
  const sid = rest.slice("/IncomingPhoneNumbers/".length).replace(".json", "");
  const number = account.numbers.find((one) => one.sid === sid);
  if (!number || !["GET", "POST"].includes(method)) return sendError(response, notFound(path));
  if (method === "POST") {
    const form = parse((await readBody(request, 65_536)).toString("latin1"));
    if (!setUrls(number, form)) return sendError(response, restError(21502, "Invalid SmsUrl"));
    keepAccount(network, account);
  }
  return sendJson(response, 200, numberJson(account, number));
}

/** WhatsApp senders are not phone numbers to this resource. */
function numberPage(account: SimAccount, path: string, query: string) {
  const wanted = parse(query).PhoneNumber;
  const numbers = account.numbers
    .filter((one) => one.type === "sms" && one.number.startsWith("+"))
    .filter((one) => wanted === undefined || one.number === wanted);
  const uri = `${path}?PageSize=1000&Page=0`;
  return {
    incoming_phone_numbers: numbers.map((one) => numberJson(account, one)),
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    uri,
    page: 0,
    page_size: 1000,
    start: 0,
    end: Math.max(0, numbers.length - 1),
  };
}

function setUrls(number: SimNumber, form: ReturnType<typeof parse>): boolean {
  const text = (value: string | string[] | undefined) => String(value ?? "");
  const urls = [text(form.SmsUrl), text(form.SmsFallbackUrl)].filter((url) => url !== "");
  if (!urls.every((url) => /^https?:/.test(url) && URL.canParse(url))) return false;
  if (form.SmsUrl !== undefined) number.smsUrl = text(form.SmsUrl) || null;
  if (form.SmsFallbackUrl !== undefined) number.smsFallbackUrl = text(form.SmsFallbackUrl) || null;
  if (form.FriendlyName !== undefined) number.friendlyName = text(form.FriendlyName);
  return true;
}

function numberJson(account: SimAccount, number: SimNumber) {
  return {
    sid: number.sid,
    account_sid: account.sid,
    friendly_name: number.friendlyName,
    phone_number: number.number,
    api_version: "2010-04-01",
    capabilities: { voice: false, sms: true, mms: true, fax: false },
    sms_url: number.smsUrl ?? account.webhookUrl ?? "",
    sms_method: "POST",
    sms_fallback_url: number.smsFallbackUrl ?? "",
    sms_fallback_method: "POST",
    sms_application_sid: "",
    status_callback: number.statusCallback ?? "",
    status_callback_method: "POST",
    address_requirements: "none",
    beta: false,
    origin: "twilio",
    status: "in-use",
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    uri: `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
