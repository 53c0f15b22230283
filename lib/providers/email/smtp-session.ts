import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection/index.js";
import { classifySmtpFailure, type SmtpFailure } from "../../domain/smtp-failure";
import type { SmtpServer } from "../../domain/smtp-server";
import type { SendOutcome } from "../../ports/sms";

type SMTPError = SMTPConnection.SMTPError;
type FailedOutcome = Exclude<SendOutcome, { kind: "accepted" }>;

/** A hand-over that failed, and what that means for its mail. */
export class SmtpFault extends Error {
  constructor(
    readonly outcome: FailedOutcome,
    message: string,
  ) {
    super(message);
  }
}

export type Envelope = { readonly from: string; readonly to: string };

/** One logged-in connection, for one mail at a time. Whatever fails closes it. */
export type SmtpSession = {
  /** @throws SmtpFault */
  greet(login: { user: string; pass: string } | null, signal: AbortSignal): Promise<void>;
  /** @throws SmtpFault */
  deliver(envelope: Envelope, content: Buffer, signal: AbortSignal): Promise<void>;
  /** Keeps the process alive no longer, or again. */
  rest(): void;
  wake(): void;
  /** Takes leave politely. */
  quit(): void;
  isOpen(): boolean;
  /** Mails that it has delivered. */
  delivered(): number;
};

type Options = {
  server: SmtpServer;
  /** Milliseconds of silence after which it is closed, idle ones included. */
  timeoutMs: number;
  /** PEM, trusted besides those of Node. */
  certificates: readonly string[];
};

/**
 * nodemailer's connection over a socket that is connected already. Its own transports are not used: their
 * queue cannot be taken from, so that a mail given up may leave later, and they hide whether content left.
 */
export function startSession(socket: Socket, options: Options): SmtpSession {
  const connection = new SMTPConnection(connectionOptions(socket, options));
  let isDead = false;
  let delivered = 0;
  let fail: ((error: Error) => void) | null = null;

  function die(error: Error) {
    if (isDead) return;
    isDead = true;
    connection.close();
    socket.destroy();
    fail?.(error);
  }
  connection.on("error", die);
  connection.on("end", () => die(new Error("The connection was closed")));

  /** One exchange: ends by its answer, the connection's end, or the signal. */
  async function exchange(
    signal: AbortSignal,
    start: (done: (error?: SMTPError | null) => void) => void,
  ): Promise<void> {
    const late = () => die(new Error(`no answer within ${options.timeoutMs} ms`));
    try {
      await new Promise<void>((resolve, reject) => {
        fail = reject;
        signal.addEventListener("abort", late);
        if (isDead) return reject(new Error("The connection was closed"));
        if (signal.aborted) return late();
        start((error) => (error ? reject(error) : resolve()));
      });
    } finally {
      fail = null;
      signal.removeEventListener("abort", late);
    }
  }

  /** `hasBegun` is asked at once, before the streams move on. */
  async function guarded(exchanged: Promise<void>, hasBegun: () => boolean): Promise<void> {
    try {
      await exchanged;
    } catch (error) {
      const fault = asFault(error, hasBegun());
      die(fault);
      throw fault;
    }
  }

  return {
    async greet(login, signal) {
      const nothing = () => false;
      await guarded(
        exchange(signal, (done) => connection.connect(done)),
        nothing,
      );
      if (login === null) return;
      await guarded(
        exchange(signal, (done) => connection.login(login, done)),
        nothing,
      );
    },
    async deliver(envelope, content, signal) {
      let hasBegun = false;
      const stream = new Readable({
        // Asked for when the server has said that it takes the content, and no sooner.
        read() {
          hasBegun = true;
          this.push(content);
          this.push(null);
        },
      });
      const mail = { ...envelope, size: content.length };
      const exchanged = exchange(signal, (done) =>
        connection.send(mail, stream, (error) => done(error && asFault(error, hasBegun))),
      );
      await guarded(exchanged, () => hasBegun);
      delivered++;
    },
    rest: () => void connection._socket.unref(),
    wake: () => void connection._socket.ref(),
    quit: () => connection.quit(),
    isOpen: () => !isDead,
    delivered: () => delivered,
  };
}

function connectionOptions(socket: Socket, options: Options): SMTPConnection.Options {
  const { server, timeoutMs, certificates } = options;
  const ca = certificates.length > 0 && { ca: [...rootCertificates, ...certificates] };
  return {
    host: server.host,
    port: server.port,
    connection: socket,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    tls: { ...ca },
  };
}

function asFault(error: unknown, hasBegun: boolean): SmtpFault {
  if (error instanceof SmtpFault) return error;
  const thrown: SMTPError = error instanceof Error ? error : new Error(String(error));
  const message = thrown.response ?? thrown.message;
  const reply = thrown.responseCode ?? null;
  const failure = { stage: stageOf(thrown), reply, message, hasBegun };
  return new SmtpFault(classifySmtpFailure(failure), message);
}

/** nodemailer names the command that a reply was to; what it names otherwise is the connection. */
function stageOf({ code, command, response }: SMTPError): SmtpFailure["stage"] {
  if (code === "EAUTH") return "login";
  if (code !== "EENVELOPE" && code !== "EMESSAGE") return "connection";
  if (response === undefined) return "limits";
  if (command === "MAIL FROM") return "sender";
  return command === "RCPT TO" ? "recipient" : "message";
}
