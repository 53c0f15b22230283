import { createPrivateKey } from "node:crypto";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { ProviderAccount } from "../../lib/ports/sms";

/** A name that no name server knows: whoever comes here was told the address. */
export const MAIL_HOST = "mail.carillon.test";

/** Self-signed, of `mail.carillon.test` and `localhost`, from 2020 until 2120; for tests alone. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL70+myEkpjVV1eR
5IHtTPfIqFCIIP66VsK/f7tQH8q5Ul0RmGzdvhCH5sJNDEvM60OrIIrnVSpRVX3Z
R64x+cWjXDBaMA8GA1UdEwEB/wQFMAMBAf8wKAYDVR0RBCEwH4IJbG9jYWxob3N0
ghJtYWlsLmNhcmlsbG9uLnRlc3QwHQYDVR0OBBYEFHRjlTpH8gwZpNpanjl1X9XD
EvYNMAoGCCqGSM49BAMCA0cAMEQCIEwrKFtV54775jLtei/3BwlhxsUZbSrhtE2C
BcHzR6HfAiBPHrQABa5f57WF9QKjzujUla57SZsycbfLYxPi17ib6A==
-----END CERTIFICATE-----
`;
const KEY = createPrivateKey({
  format: "jwk",
  key: {
    kty: "EC",
    crv: "P-256",
    x: "vvT6bISSmNVXV5Hkge1M98ioUIgg_rpWwr9_u1Afyrk",
    y: "Ul0RmGzdvhCH5sJNDEvM60OrIIrnVSpRVX3ZR64x-cU",
    d: "DMy-JT--BOdPfMzcugKEHIyTBpyAbFO3lIZ4ExTBCqo",
  },
}).export({ type: "pkcs8", format: "pem" });

export const MAIL_USER = "me@example.com";
export const MAIL_PASSWORD = "a-password-of-this-test";

export type ReceivedMail = {
  from: string;
  to: string[];
  raw: string;
  user: unknown;
  isSecure: boolean;
};

export type MailServer = {
  port: number;
  received: ReceivedMail[];
  /** Connections that there were, and the most at once. */
  seen: { connections: number; atOnce: number; logins: number };
  /** Ends every connection as servers do when they have been idle for long. */
  hangUp: () => Promise<void>;
  close: () => Promise<void>;
};

/** A server that refuses at one command, with a reply such as "550 5.1.1 No such user". */
export function refusingAt(command: "connect" | "MAIL" | "RCPT" | "DATA", reply: string) {
  const error = Object.assign(new Error(reply.slice(4)), {
    responseCode: Number(reply.slice(0, 3)),
  });
  const options: Record<typeof command, SMTPServerOptions> = {
    connect: { onConnect: (_session, done) => done(error) },
    MAIL: { onMailFrom: (_address, _session, done) => done(error) },
    RCPT: { onRcptTo: (_address, _session, done) => done(error) },
    DATA: { onData: (stream, _session, done) => void stream.resume().on("end", () => done(error)) },
  };
  return options[command];
}

/** A real mail server on a free port, with one user. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const seen = { connections: 0, atOnce: 0, logins: 0 };
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      seen.logins++;
      if (username === MAIL_USER && password === MAIL_PASSWORD)
        return done(null, { user: username });
      done(new Error("Bad credentials"));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          user: session.user,
          isSecure: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  // Handshakes that the other side breaks off are what some tests are about.
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    seen.connections++;
    seen.atOnce = Math.max(seen.atOnce, sockets.size);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    seen,
    hangUp: () => endAll(sockets),
    close: () => new Promise<void>((done) => server.close(done)),
  };
}

async function endAll(sockets: Set<Socket>): Promise<void> {
  const ends = [...sockets].map((socket) => new Promise((done) => socket.once("close", done)));
  for (const socket of sockets) socket.end("421 4.4.2 Idle for too long\r\n");
  await Promise.all(ends);
}

/** What a scripted server does with a line: replies, keeps still, or tears the connection. */
export type Script = (line: string) => string | "keep still" | "tear";

export type ScriptedServer = {
  port: number;
  lines: string[];
  ended: Promise<void>;
  close: () => Promise<void>;
};

/** A server that does what no well-behaved one would. The first line is "connect". */
export async function openScriptedServer(script: Script): Promise<ScriptedServer> {
  const lines: string[] = [];
  let end: () => void;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const server: Server = createServer((socket) => {
    const act = (line: string) => {
      lines.push(line);
      const reply = script(line);
      if (reply === "tear") socket.resetAndDestroy();
      else if (reply !== "keep still") socket.write(`${reply}\r\n`);
    };
    let rest = "";
    socket.on("data", (chunk) => {
      const parts = (rest + chunk.toString()).split("\r\n");
      rest = parts.pop() ?? "";
      for (const part of parts) act(part);
    });
    socket.on("error", () => undefined);
    socket.once("close", () => end());
    act("connect");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { port, lines, ended, close: () => new Promise((done) => server.close(() => done())) };
}

/** Does as a server that takes everything, but for a line that begins so; "." is the content's end. */
export function exceptAt(start: string, instead: ReturnType<Script>): Script {
  let isContent = false;
  return (line) => {
    const isMeant = start === "." ? line === "." : line.startsWith(start);
    if (isMeant) return instead;
    if (isContent && line !== ".") return "keep still";
    isContent = line === "DATA";
    if (line === "connect") return "220 scripted";
    return isContent ? "354 go on" : "250 ok";
  };
}

export const mailAccount = (
  port: number,
  values: { security?: "tls" | "starttls" | "none"; user?: string; password?: string } = {},
): ProviderAccount => {
  const { security = "none", user = MAIL_USER, password = MAIL_PASSWORD } = values;
  const place = `${MAIL_HOST}:${port}`;
  const origins = {
    tls: `smtps://${place}`,
    starttls: `smtp://${place}`,
    none: `smtp://${place}?tls=none`,
  };
  return {
    id: `account of ${port}`,
    provider: "smtp",
    sid: `${user}@${MAIL_HOST}`,
    token: password,
    apiOrigin: origins[security],
  };
};
