import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type AccountInput, registerAccount } from "./accounts";
import { answerControl, CONTROL_PREFIX } from "./control";
import { deliver } from "./deliver";
import { createDice } from "./dice";
import { restError } from "./errors";
import { createEvents } from "./events";
import { type HistoryMessage, importHistory } from "./history";
import { type Exchange, sendBytes, sendError, sendJson } from "./http";
import { openLedger } from "./ledger";
import { type MailAccountInput, registerMailAccount } from "./mail-accounts";
import { letMailLive } from "./mail-fate";
import { MEDIA_PREFIX } from "./media";
import { readMedia } from "./media-files";
import { answerMessaging, isMessagingPath } from "./messaging";
import type { Network } from "./network";
import { answerMail, isMailPath, refuseMailBurst } from "./resend";
import { answerRest, REST_PREFIX } from "./rest";
import { restoreState } from "./restore";
import { answerSns } from "./sns";
import { NetworkState } from "./state";
import { calmSwitches, type NetworkSwitches } from "./switches";
import { createPoster } from "./webhook";
import { isSettled } from "./words";

export type SimulatorOptions = {
  /** 0 or left out: any free one. */
  port?: number;
  host?: string;
  /** Keeps ledger and media over restarts; left out: a temporary one that goes on close. */
  dataDir?: string;
  accounts?: AccountInput[];
  mailAccounts?: MailAccountInput[];
  /** What was said before the network knew of it; known SIDs are left alone. */
  history?: HistoryMessage[];
  /** People whose phones lie ready; ones renamed on the screen keep their name. */
  phones?: { phone: string; name: string | null }[];
  switches?: Partial<NetworkSwitches>;
  /** Of the dice behind the percentages. */
  seed?: number;
  /** Webhooks and callbacks under way at the same time. */
  postLimit?: number;
  /** Messages kept in memory. */
  keep?: number;
};

export type Simulator = {
  url: string;
  port: number;
  close(): Promise<void>;
};

/**
 * The phone network on one machine: Twilio's REST API and webhooks, persons' phones, a mail service as
 * Resend is seen from outside, and a control API under /control. Knows nothing of the app but its webhook addresses.
 *
 * @throws when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const network = openNetwork(options);
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void answer(network, request, response);
  });
  // Longer than any client keeps an idle connection: nobody is reset for having paused.
  server.keepAliveTimeout = 120_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { port } = server.address() as AddressInfo;
  network.origin = `http://${hostInUrl(options.host ?? "127.0.0.1")}:${port}`;
  network.pauseListener = (ms) => {
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    setTimeout(() => {
      if (!network.isClosed) server.listen(port, options.host ?? "127.0.0.1");
    }, ms);
  };
  for (const account of options.accounts ?? []) registerAccount(network, account);
  for (const account of options.mailAccounts ?? []) registerMailAccount(network, account);
  for (const phone of options.phones ?? []) addPhone(network, phone);
  importHistory(network, options.history ?? []);
  resume(network);
  return { url: network.origin, port, close: () => closeAll(network, server, sockets) };
}

function openNetwork(options: SimulatorOptions): Network {
  const ledger = openLedger(options.dataDir ?? null);
  const state = new NetworkState(calmSwitches, options.keep ?? 200_000);
  restoreState(state, ledger.read());
  state.switches = { ...state.switches, ...options.switches };
  return {
    state,
    ledger,
    dice: createDice(options.seed ?? 1),
    poster: createPoster(options.postLimit ?? 50),
    events: createEvents(),
    origin: "",
    isClosed: false,
    activeRequests: 0,
    pauseListener: () => undefined,
  };
}

function addPhone({ state, ledger }: Network, given: { phone: string; name: string | null }) {
  if (state.phones.has(given.phone)) return;
  // Below every real use: a phone that lies ready is listed after the ones that were used.
  const phone = { ...given, addedAt: 0 };
  state.phones.set(phone.phone, phone);
  ledger.append({ k: "phone", at: Date.now(), phone });
}

/** What was under way when the process ended goes on; imported history is over and done with. */
function resume(network: Network) {
  for (const message of network.state.messages.values()) {
    if (message.answer !== null && !isSettled(message.status)) deliver(network, message);
  }
  for (const mail of network.state.mailbox.mails.values()) letMailLive(network, mail);
}

async function answer(network: Network, request: IncomingMessage, response: ServerResponse) {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const exchange: Exchange = {
    request,
    response,
    method: request.method ?? "GET",
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? "" : url.slice(mark + 1),
  };
  try {
    if (exchange.path.startsWith(CONTROL_PREFIX)) return await answerControl(network, exchange);
    if (network.state.switches.down) return void request.socket.resetAndDestroy();
    if (exchange.path.startsWith(MEDIA_PREFIX)) return await answerBytes(network, exchange);
    if (isMessagingPath(exchange.path)) return await answerMessaging(network, exchange);
    if (exchange.path === "/" && exchange.method === "POST") {
      return await answerSns(network, exchange);
    }
    if (isMailPath(exchange.path)) {
      return await answerLimited(network, exchange, answerMail, refuseMailBurst);
    }
    if (!exchange.path.startsWith(REST_PREFIX))
      return sendJson(response, 404, { error: "nothing here" });
    await answerLimited(network, exchange, answerRest, ({ response }) =>
      sendError(response, restError(20429)),
    );
  } catch (error) {
    request.socket.destroy();
    if (!isDisconnect(error)) throw error;
  }
}

/** Twilio limits REST requests under way at once, not their rate: beyond it, 429 and nothing taken. */
async function answerLimited(
  network: Network,
  exchange: Exchange,
  run: (network: Network, exchange: Exchange) => Promise<unknown>,
  refuse: (exchange: Exchange) => void,
) {
  const { concurrencyLimit } = network.state.switches;
  if (concurrencyLimit !== null && network.activeRequests >= concurrencyLimit) {
    exchange.request.resume();
    return refuse(exchange);
  }
  network.activeRequests += 1;
  exchange.response.on("close", () => {
    network.activeRequests -= 1;
  });
  await run(network, exchange);
}

async function answerBytes(network: Network, { path, response }: Exchange) {
  const sid = path.slice(MEDIA_PREFIX.length);
  const bytes = await readMedia(network, sid);
  if (!bytes) return sendJson(response, 404, { error: "no such media" });
  return sendBytes(response, bytes, mediaType(network, sid));
}

function mediaType(network: Network, sid: string): string {
  for (const message of network.state.messages.values()) {
    const media = message.media.find((one) => one.sid === sid);
    if (media) return media.contentType;
  }
  return "application/octet-stream";
}

/** The other side has gone: nothing to answer, and no fault of ours. */
function isDisconnect(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ECONNRESET" || code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function closeAll(network: Network, server: Server, sockets: Set<Socket>) {
  network.isClosed = true;
  network.events.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await network.poster.close();
  await closed;
  network.ledger.close();
}
