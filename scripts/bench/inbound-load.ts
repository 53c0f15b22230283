import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { signTwilioRequest } from "../../lib/http/twilio-signature";

/**
 * Posts signed webhooks as fast as 50 connections are answered, or so many a second whatever the
 * answers; a request is then late from the moment it was due. Prints one JSON object.
 */
type Load = {
  port: number;
  round: number;
  requests: number;
  /** null: as fast as they are answered. */
  perSecond: number | null;
  appUrl: string;
  sid: string;
  token: string;
  sender: string;
};

/** Enough that at a given rate hardly a request waits for a connection. */
const CONNECTIONS = { fast: 50, paced: 200 };
/** Opened side by side. */
const AT_ONCE = 10;
const CONTACTS = 10_000;
/** Every 20th request repeats one of a while before: 5 % duplicates. */
const REPEAT_EVERY = 20;
const PATH = "/api/webhooks/twilio";

const load = JSON.parse(process.env.LOAD ?? "{}") as Load;
const requests = makeRequests(load);
const latencies: number[] = [];
let next = 0;
let refused = 0;

const count = load.perSecond === null ? CONNECTIONS.fast : CONNECTIONS.paced;
const sockets = await openAll(count);
const startedAt = performance.now();
await Promise.all(sockets.map(postUntilDone));
const seconds = (performance.now() - startedAt) / 1000;
latencies.sort((a, b) => a - b);
const rps = Math.round(latencies.length / seconds);
console.log(JSON.stringify({ rps, p50: at(0.5), p99: at(0.99), refused }));

function at(share: number): number {
  return Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1));
}

function makeRequests({ requests, round, ...account }: Load): Buffer[] {
  const made: Buffer[] = [];
  for (let i = 0; i < requests; i++) {
    const earlier = made[i - 200];
    made.push(
      i % REPEAT_EVERY === 0 && earlier ? earlier : makeRequest(account, round * requests + i),
    );
  }
  return made;
}

function makeRequest(
  account: Pick<Load, "port" | "appUrl" | "sid" | "token" | "sender">,
  n: number,
): Buffer {
  const contact = (n * 7919) % CONTACTS;
  const fields = {
    ToCountry: "FR",
    ToState: "",
    SmsMessageSid: `SM${n.toString(16).padStart(32, "0")}`,
    NumMedia: "0",
    ToCity: "",
    FromZip: "",
    SmsSid: `SM${n.toString(16).padStart(32, "0")}`,
    FromState: "",
    SmsStatus: "received",
    FromCity: "",
    Body: `Bonjour, ma commande n° ${n} n’est pas arrivée. Pouvez-vous m’aider ?`,
    FromCountry: "FR",
    To: account.sender,
    ToZip: "",
    NumSegments: "2",
    MessageSid: `SM${n.toString(16).padStart(32, "0")}`,
    AccountSid: account.sid,
    From: `+336123${contact.toString().padStart(5, "0")}`,
    ApiVersion: "2010-04-01",
  };
  const signature = signTwilioRequest(account.token, account.appUrl + PATH, Object.entries(fields));
  const body = new URLSearchParams(fields).toString();
  return Buffer.from(
    `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${account.port}\r\n` +
      "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n" +
      `X-Twilio-Signature: ${signature}\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Connections that have had an answer each, which is not counted. A busy server takes one new connection a
 * turn of its event loop (libuv): opened with the first texts, two hundred at once would be all that the
 * slowest hundredth of the answers tells of.
 */
async function openAll(count: number): Promise<Socket[]> {
  const opened: Socket[] = [];
  while (opened.length < count) {
    opened.push(...(await Promise.all(Array.from({ length: AT_ONCE }, openOne))));
  }
  return opened;
}

async function openOne(): Promise<Socket> {
  const socket = createConnection({ port: load.port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const request = requests[next++];
  if (request) await exchange(socket, request);
  return socket;
}

/** One connection: a request, its answer, the next. */
async function postUntilDone(socket: Socket): Promise<void> {
  for (let nth = next++; nth < requests.length; nth = next++) {
    const dueAt = dueOf(nth);
    const wait = dueAt - performance.now();
    if (wait > 0) await sleep(wait);
    await exchange(socket, requests[nth] as Buffer);
    latencies.push(performance.now() - dueAt);
  }
  socket.destroy();
}

function dueOf(nth: number): number {
  if (load.perSecond === null) return performance.now();
  return startedAt + ((nth - count) / load.perSecond) * 1000;
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = "";
    const read = (chunk: Buffer) => {
      received += chunk.toString("latin1");
      if (!isComplete(received)) return;
      socket.off("data", read).off("error", reject);
      if (!received.startsWith("HTTP/1.1 200")) refused += 1;
      resolve();
    };
    socket.on("data", read).on("error", reject);
    socket.write(request);
  });
}

function isComplete(answer: string): boolean {
  const headers = answer.indexOf("\r\n\r\n");
  if (headers < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length >= headers + 4 + length;
}
