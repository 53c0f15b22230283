import { createConnection } from "node:net";
import { signTwilioRequest } from "../../lib/http/twilio-signature";

/** Posts signed webhooks over 50 connections as fast as they are answered; prints one JSON object. */
type Load = {
  port: number;
  round: number;
  requests: number;
  appUrl: string;
  sid: string;
  token: string;
  sender: string;
};

const CONNECTIONS = 50;
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
await Promise.all(Array.from({ length: CONNECTIONS }, postUntilDone));
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

function makeRequest(account: Omit<Load, "requests" | "round">, n: number): Buffer {
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
      const request = requests[next++];
      if (!request) {
        socket.destroy();
        return resolve();
      }
      sentAt = performance.now();
      socket.write(request);
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
