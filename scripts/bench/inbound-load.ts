import { createConnection } from "node:net";
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
const CONTACTS = 10_000;
/** Every 20th request repeats one of a while before: 5 % duplicates. */
const REPEAT_EVERY = 20;
const PATH = "/api/webhooks/twilio";

const load = JSON.parse(process.env.LOAD ?? "{}") as Load;
const requests = makeRequests(load);
const latencies: number[] = [];
let next = 0;
let refused = 0;

const startedAt = performance.now();
const connections = load.perSecond === null ? CONNECTIONS.fast : CONNECTIONS.paced;
await Promise.all(Array.from({ length: connections }, postUntilDone));
const seconds = (performance.now() - startedAt) / 1000;
latencies.sort((a, b) => a - b);
const rps = Math.round(requests.length / seconds);
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

/** One connection: a request, its answer, the next. */
function postUntilDone(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port: load.port, host: "127.0.0.1", noDelay: true });
    let received = "";
    let sentAt = 0;
    const send = () => {
      const nth = next++;
      const request = requests[nth];
      if (!request) {
        socket.destroy();
        return resolve();
      }
      const now = performance.now();
      sentAt = load.perSecond === null ? now : startedAt + (nth / load.perSecond) * 1000;
      if (sentAt > now) setTimeout(() => socket.write(request), sentAt - now);
      else socket.write(request);
    };
    socket.once("connect", send);
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isComplete(received)) return;
      latencies.push(performance.now() - sentAt);
      if (!received.startsWith("HTTP/1.1 200")) refused += 1;
      received = "";
      send();
    });
  });
}

function isComplete(answer: string): boolean {
  const headers = answer.indexOf("\r\n\r\n");
  if (headers < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length >= headers + 4 + length;
}
