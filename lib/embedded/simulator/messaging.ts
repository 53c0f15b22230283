import { parse } from "node:querystring";
import { keepAccount } from "./accounts";
import { notFound, restError } from "./errors";
import { type Exchange, readBody, sendError, sendJson } from "./http";
import type { Network } from "./network";
import { accountOf } from "./rest";
import { answerTemplates, TEMPLATES_PATH } from "./templates";
import type { SimAccount, SimNumber, SimService } from "./words";

const SERVICES = "/v1/Services/";
const SENDERS = "/v2/Channels/Senders";
const MAX_BODY = 65_536;

/** Is it one of the newer resources, which name no account in their path? */
export function isMessagingPath(path: string): boolean {
  return path.startsWith(SERVICES) || path.startsWith(SENDERS) || path === TEMPLATES_PATH;
}

/** WhatsApp templates, and Messaging Services and WhatsApp senders: read, and set where their texts are posted. */
export async function answerMessaging(network: Network, exchange: Exchange) {
  const { path, request, response } = exchange;
  const account = accountOf(network, request.headers.authorization);
  if (!account) return sendError(response, restError(20003));
  if (path === TEMPLATES_PATH) return answerTemplates(account, exchange);
  if (path.startsWith(SERVICES)) return answerService(network, account, exchange);
  return answerSenders(network, account, exchange);
}

async function answerService(network: Network, account: SimAccount, exchange: Exchange) {
  const { method, path, request, response } = exchange;
  const service = account.services.find((one) => one.sid === path.slice(SERVICES.length));
  if (!service || !["GET", "POST"].includes(method)) return sendError(response, notFound(path));
  if (method === "POST") {
    const form = parse((await readBody(request, MAX_BODY)).toString("latin1"));
    if (form.InboundRequestUrl !== undefined) {
      service.inboundUrl = String(form.InboundRequestUrl) || null;
    }
    if (form.FallbackUrl !== undefined) service.fallbackUrl = String(form.FallbackUrl) || null;
    keepAccount(network, account);
  }
  return sendJson(response, 200, serviceJson(account, service));
}

function serviceJson(account: SimAccount, service: SimService) {
  return {
    sid: service.sid,
    account_sid: account.sid,
    friendly_name: service.sid,
    inbound_request_url: service.inboundUrl,
    inbound_method: "POST",
    fallback_url: service.fallbackUrl,
    fallback_method: "POST",
    use_inbound_webhook_on_number: service.inboundUrl === null,
    date_created: new Date(account.createdAt).toISOString(),
    date_updated: new Date(account.createdAt).toISOString(),
    url: `https://messaging.twilio.com${SERVICES}${service.sid}`,
  };
}

type WebhookBody = { webhook?: { callback_url?: string; fallback_url?: string } };

async function answerSenders(network: Network, account: SimAccount, exchange: Exchange) {
  const { method, path, request, response } = exchange;
  const senders = account.numbers.filter((one) => one.type === "whatsapp");
  if (path === SENDERS && method === "GET") return sendJson(response, 200, page(senders));
  const sender = senders.find((one) => sidOf(one) === path.slice(SENDERS.length + 1));
  if (!sender || !["GET", "POST"].includes(method)) return sendError(response, notFound(path));
  if (method === "POST") {
    const body: WebhookBody = JSON.parse((await readBody(request, MAX_BODY)).toString());
    if (body.webhook?.callback_url !== undefined) sender.smsUrl = body.webhook.callback_url || null;
    if (body.webhook?.fallback_url !== undefined) {
      sender.smsFallbackUrl = body.webhook.fallback_url || null;
    }
    keepAccount(network, account);
  }
  return sendJson(response, method === "POST" ? 202 : 200, senderJson(sender));
}

function page(senders: readonly SimNumber[]) {
  const url = `https://messaging.twilio.com${SENDERS}?PageSize=50&Page=0`;
  return {
    senders: senders.map(senderJson),
    meta: {
      page: 0,
      page_size: 50,
      first_page_url: url,
      previous_page_url: null,
      next_page_url: null,
      url,
      key: "senders",
    },
  };
}

/** The resource has SIDs of its own: XE in the place of PN. */
function sidOf(number: SimNumber): string {
  return number.sid.replace(/^PN/, "XE");
}

function senderJson(number: SimNumber) {
  return {
    sid: sidOf(number),
    sender_id: `whatsapp:${number.number}`,
    status: "ONLINE",
    webhook: {
      callback_url: number.smsUrl,
      callback_method: "POST",
      fallback_url: number.smsFallbackUrl,
      fallback_method: "POST",
    },
    url: `https://messaging.twilio.com${SENDERS}/${sidOf(number)}`,
  };
}
