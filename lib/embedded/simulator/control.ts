import { z } from "zod";
import { accountSchema, registerAccount } from "./accounts";
import { type Exchange, readBody, sendBytes, sendJson, sendText } from "./http";
import { shownMailAccount } from "./mail-accounts";
import { answerMailControl } from "./mail-control";
import { readMedia, storeMedia } from "./media-files";
import type { Network } from "./network";
import { listPhones, messagesOf, queryMessages } from "./phone-reads";
import { type PhoneDraft, sendAsPhone } from "./send-as-phone";
import { pair } from "./state";
import { calmSwitches, networkSwitchesSchema, switchesSchema } from "./switches";
import type { SimMedia } from "./words";

export const CONTROL_PREFIX = "/control/";
const MAX_JSON = 1_048_576;
const MAX_UPLOAD = 20 * 1_048_576;

type Handler = (network: Network, exchange: Exchange, query: URLSearchParams) => unknown;

/** The control API's doors, by method and path. What each takes and answers is in client.ts. */
const handlers: Record<string, Handler> = {
  "GET state": (network, { response }) => sendJson(response, 200, networkDescription(network)),
  "POST accounts": postAccount,
  "GET phones": (network, { response }, query) => sendJson(response, 200, phonesOf(network, query)),
  "POST phones": postPhone,
  "GET thread": (network, { response }, query) =>
    sendJson(response, 200, messagesOf(network.state, query.get("phone") ?? "")),
  "POST send": postSend,
  "POST media": postMedia,
  "GET media": getMedia,
  "GET switches": (network, { response }, query) =>
    sendJson(response, 200, currentSwitches(network, query.get("phone"))),
  "PATCH switches": patchSwitches,
  "DELETE switches": deleteSwitches,
  "POST window": postWindow,
  "POST reset": postReset,
  "POST listener": postListener,
  "GET messages": (network, { response }, query) =>
    sendJson(response, 200, queryMessages(network.state, query)),
  "GET ledger": getLedger,
  "GET events": (network, { response }) => network.events.open(response),
};

export async function answerControl(network: Network, exchange: Exchange) {
  const { method, path, query, request, response } = exchange;
  if (!isLocal(exchange)) return sendJson(response, 403, { error: "loopback only" });
  const door = path.slice(CONTROL_PREFIX.length);
  const handler = handlers[`${method} ${door}`];
  try {
    if (handler) return await handler(network, exchange, new URLSearchParams(query));
    if (await answerMailControl(network, exchange, door, readJson)) return;
    sendJson(response, 404, { error: `no ${method} ${path}` });
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    request.resume();
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    sendJson(response, 400, { error: detail });
  }
}

/** A page of a browser could reach loopback too: it always sends an Origin, programs do not. */
function isLocal({ request }: Exchange): boolean {
  const address = request.socket.remoteAddress ?? "";
  const isLoopback = address === "::1" || /^(::ffff:)?127\./.test(address);
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  const isNamed = ["127.0.0.1", "localhost", "[::1]"].includes(host);
  return isLoopback && isNamed && request.headers.origin === undefined;
}

async function readJson({ request }: Exchange): Promise<unknown> {
  return JSON.parse((await readBody(request, MAX_JSON)).toString("utf8"));
}

function networkDescription(network: Network) {
  const accounts = [...network.state.accounts.values()].map((account) => {
    const { token: _, secondaryToken: __, ...shown } = account;
    return shown;
  });
  const mailAccounts = [...network.state.mailbox.accounts.values()].map(shownMailAccount);
  return { origin: network.origin, accounts, mailAccounts, switches: network.state.switches };
}

function phonesOf({ state }: Network, query: URLSearchParams) {
  const senders = query.get("senders");
  const numbers = senders === null ? null : new Set(senders.split(","));
  return listPhones(state, Number(query.get("limit") ?? 50), numbers);
}

async function postAccount(network: Network, exchange: Exchange) {
  const account = registerAccount(network, accountSchema.parse(await readJson(exchange)));
  sendJson(exchange.response, 200, { sid: account.sid, numbers: account.numbers });
}

const address = z.string().regex(/^(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{5,})$/);

async function postPhone(network: Network, exchange: Exchange) {
  const schema = z.strictObject({ phone: address, name: z.string().max(80).nullable() });
  const phone = { ...schema.parse(await readJson(exchange)), addedAt: Date.now() };
  network.state.phones.set(phone.phone, phone);
  network.ledger.append({ k: "phone", at: phone.addedAt, phone });
  network.events.tell("phone", phone);
  sendJson(exchange.response, 200, phone);
}

const extraSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    label: z.string(),
    address: z.string(),
  }),
  z.strictObject({ kind: z.literal("button"), text: z.string(), payload: z.string() }),
  z.strictObject({ kind: z.literal("list"), id: z.string(), title: z.string() }),
]);

const sendSchema = z.strictObject({
  from: z.string().min(3),
  to: z.string().min(3),
  body: z.string().max(4096).default(""),
  media: z
    .array(
      z.strictObject({
        sid: z.string(),
        contentType: z.string(),
        fileName: z.string().nullable(),
        size: z.number(),
      }),
    )
    .max(10)
    .default([]),
  extra: extraSchema.nullable().default(null),
  repliesTo: z.string().nullable().default(null),
  profileName: z.string().nullable().default(null),
  /** Answer only when the app has answered the webhook. */
  wait: z.boolean().default(false),
});

async function postSend(network: Network, exchange: Exchange) {
  const { wait, ...draft } = sendSchema.parse(await readJson(exchange));
  const outcome = sendAsPhone(network, draft satisfies PhoneDraft);
  if (!outcome.ok) return sendJson(exchange.response, 422, { error: outcome.reason });
  const webhook = wait ? await outcome.told : null;
  return sendJson(exchange.response, 200, { message: outcome.message, webhook });
}

async function postMedia(network: Network, exchange: Exchange, query: URLSearchParams) {
  const bytes = await readBody(exchange.request, MAX_UPLOAD);
  const type = exchange.request.headers["content-type"] ?? "application/octet-stream";
  const media: SimMedia = await storeMedia(network, bytes, type, query.get("fileName"));
  sendJson(exchange.response, 200, media);
}

async function getMedia(network: Network, { response }: Exchange, query: URLSearchParams) {
  const bytes = await readMedia(network, query.get("sid") ?? "");
  if (!bytes) return sendJson(response, 404, { error: "no such media" });
  return sendBytes(response, bytes, query.get("type") ?? "application/octet-stream");
}

function currentSwitches({ state }: Network, phone: string | null) {
  return phone === null ? state.switches : (state.phoneSwitches.get(phone) ?? {});
}

async function patchSwitches(network: Network, exchange: Exchange, query: URLSearchParams) {
  const { state } = network;
  const phone = query.get("phone");
  const json = await readJson(exchange);
  if (phone === null) {
    state.switches = { ...state.switches, ...networkSwitchesSchema.partial().parse(json) };
  } else {
    const values = switchesSchema.partial().parse(json);
    state.phoneSwitches.set(phone, { ...state.phoneSwitches.get(phone), ...values });
  }
  tellSwitches(network, phone);
  sendJson(exchange.response, 200, currentSwitches(network, phone));
}

/** Everything calm again: for one phone, or for the network. */
function deleteSwitches(network: Network, { response }: Exchange, query: URLSearchParams) {
  const phone = query.get("phone");
  if (phone === null) network.state.switches = calmSwitches;
  else network.state.phoneSwitches.delete(phone);
  tellSwitches(network, phone);
  sendJson(response, 200, currentSwitches(network, phone));
}

function tellSwitches(network: Network, phone: string | null) {
  const { state } = network;
  const values = phone === null ? state.switches : (state.phoneSwitches.get(phone) ?? null);
  network.ledger.append({ k: "switches", at: Date.now(), phone, values });
  network.events.tell("switches", { phone });
}

const windowSchema = z.strictObject({
  sender: z.string(),
  person: z.string(),
  /** null: closed. */
  openedAt: z.iso.datetime().nullable(),
});

/** Sets when the WhatsApp person of a pair last wrote; addresses carry `whatsapp:`. */
async function postWindow(network: Network, exchange: Exchange) {
  const { sender, person, openedAt } = windowSchema.parse(await readJson(exchange));
  const at = openedAt === null ? 0 : Date.parse(openedAt);
  network.state.windows.set(pair(sender, person), at);
  network.ledger.append({ k: "window", at: Date.now(), sender, person, openedAt: at });
  network.events.tell("phone", { phone: person });
  sendJson(exchange.response, 200, { ok: true });
}

/** Forgets messages, mails, opt-outs and switches; accounts and phones stay. */
function postReset(network: Network, { response }: Exchange) {
  network.state.clear();
  network.state.switches = calmSwitches;
  network.ledger.append({ k: "reset", at: Date.now() });
  network.ledger.append({ k: "switches", at: Date.now(), phone: null, values: calmSwitches });
  network.events.tell("reset", {});
  sendJson(response, 200, { ok: true });
}

/** Connection refused for so long: the listener is closed and opened again on the same port. */
async function postListener(network: Network, exchange: Exchange) {
  const schema = z.strictObject({ closedForMs: z.int().min(1).max(600_000) });
  const { closedForMs } = schema.parse(await readJson(exchange));
  exchange.response.setHeader("connection", "close");
  exchange.response.on("finish", () => network.pauseListener(closedForMs));
  sendJson(exchange.response, 200, { closedForMs });
}

const HOLDS_SECRETS = /^\{"k":"(mail_)?account"/;

/** JSON Lines, as written but for the accounts and their tokens; `marker` must be in the line. */
function getLedger(network: Network, { response }: Exchange, query: URLSearchParams) {
  const marker = query.get("marker") ?? "";
  const lines = network.ledger.read().split("\n");
  const shown = lines.filter((line) => line.includes(marker) && !HOLDS_SECRETS.test(line));
  const text = shown.map((line) => (line === "" ? "" : `${line}\n`)).join("");
  sendText(response, 200, text, { "content-type": "application/jsonl; charset=utf-8" });
}
