import { parse } from "node:querystring";
import { accountJson } from "./accounts";
import { answerCreate } from "./answer-create";
import { deleteMessage, updateMessage } from "./change-message";
import { notFound, restError } from "./errors";
import { type Exchange, readBody, sendError, sendJson, sendText } from "./http";
import { listMessages } from "./list-messages";
import { answerMedia } from "./media";
import { messageJson } from "./message-json";
import type { Network } from "./network";
import { answerPhoneNumbers } from "./phone-numbers";
import type { SimAccount } from "./words";

export const REST_PREFIX = "/2010-04-01/Accounts/";
const SID_LENGTH = 34;
const MAX_FORM = 1_048_576;

/** Twilio's REST API, version 2010-04-01. */
export async function answerRest(network: Network, exchange: Exchange) {
  const { path, response } = exchange;
  const sid = path.slice(REST_PREFIX.length, REST_PREFIX.length + SID_LENGTH);
  const account = network.state.accounts.get(sid);
  if (!account || !isAuthentic(account, exchange.request.headers.authorization)) {
    return sendError(response, restError(20003));
  }
  const rest = path.slice(REST_PREFIX.length + SID_LENGTH);
  if (rest === "/Messages.json") return answerMessages(network, account, exchange);
  if (rest === ".json" && exchange.method === "GET") {
    return sendJson(response, 200, accountJson(account));
  }
  if (rest.startsWith("/IncomingPhoneNumbers")) {
    return answerPhoneNumbers(network, account, exchange, rest);
  }
  if (rest.startsWith("/Messages/")) return answerMessage(network, account, exchange, rest);
  return sendError(response, notFound(path));
}

async function answerMessages(network: Network, account: SimAccount, exchange: Exchange) {
  if (exchange.method === "POST") return answerCreate(network, account, exchange);
  if (exchange.method === "GET") {
    return sendText(exchange.response, 200, listMessages(network, account, exchange));
  }
  return sendError(exchange.response, notFound(exchange.path));
}

async function answerMessage(
  network: Network,
  account: SimAccount,
  exchange: Exchange,
  rest: string,
) {
  const { method, path, response } = exchange;
  const message = network.state.messages.get(rest.slice("/Messages/".length, 10 + SID_LENGTH));
  if (!message || message.accountSid !== account.sid) return sendError(response, notFound(path));
  const json = () => messageJson(message, network.state.switches.pricedAfterMs);
  const tail = rest.slice("/Messages/".length + SID_LENGTH);
  if (tail.startsWith("/Media")) return answerMedia(network, message, exchange, tail);
  if (tail !== ".json") return sendError(response, notFound(path));
  if (method === "GET") return sendText(response, 200, json());
  if (method === "DELETE") {
    const error = deleteMessage(network, message);
    if (error) return sendError(response, error);
    response.writeHead(204);
    return response.end();
  }
  const form = parse((await readBody(exchange.request, MAX_FORM)).toString("latin1"));
  const error = updateMessage(network, message, form);
  return error ? sendError(response, error) : sendText(response, 200, json());
}

/** Whose credentials these are; null: nobody's. */
export function accountOf({ state }: Network, header: string | undefined): SimAccount | null {
  const [sid] = Buffer.from(header?.replace(/^Basic /, "") ?? "", "base64")
    .toString()
    .split(":");
  const account = state.accounts.get(sid ?? "");
  return account && isAuthentic(account, header) ? account : null;
}

const credentials = new WeakMap<SimAccount, string[]>();

/** A suspended account gets the same 401 as a wrong token. */
function isAuthentic(account: SimAccount, header: string | undefined): boolean {
  let known = credentials.get(account);
  if (!known) {
    const tokens = [account.token, account.secondaryToken].filter((token) => token !== null);
    known = tokens.map((token) => {
      return `Basic ${Buffer.from(`${account.sid}:${token}`).toString("base64")}`;
    });
    credentials.set(account, known);
  }
  return account.status === "active" && header !== undefined && known.includes(header);
}
