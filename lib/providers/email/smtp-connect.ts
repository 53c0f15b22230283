import { connect, type Socket } from "node:net";
import { EMAIL_CODES } from "../../domain/email-codes";
import { readSmtpOrigin, smtpUser } from "../../domain/smtp-server";
import { lookupOf } from "../../http/address-check";
import type { ProviderAccount } from "../../ports/sms";
import { SmtpFault, type SmtpSession, startSession } from "./smtp-session";

/** May this host, which somebody typed in, be connected to? */
export type CheckHost = (host: string) => Promise<
  | {
      ok: true;
      /** To connect to, and nothing else; null: trusted, by its name. */
      addresses: readonly string[] | null;
    }
  | {
      ok: false;
      /** false: it may be different later, as where a name server did not answer. */
      isFinal?: boolean;
      /** Goes on after the host: "leads into a private network". */
      reason: string;
    }
>;

export type ConnectOptions = {
  checkHost: CheckHost;
  timeoutMs: number;
  certificates: readonly string[];
};

const CONNECT_TIMEOUT_MS = 4000;

/**
 * A new connection to the account's server, logged in where it has a user.
 *
 * @throws SmtpFault `email_server` where the account names no server, or one that must not be reached
 */
export async function openSession(
  account: ProviderAccount,
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const server = readSmtpOrigin(account.apiOrigin);
  if (!server) throw wrongServer("The account names no mail server");
  const checked = await beforeEnd(options.checkHost(server.host), signal);
  if (!checked.ok) {
    const reason = `The mail server ${server.host} ${checked.reason}`;
    throw checked.isFinal === false ? unreachable(reason) : wrongServer(reason);
  }
  const { timeoutMs, certificates } = options;
  const place = { ...server, addresses: checked.addresses, timeoutMs };
  const session = startSession(await openSocket(place, signal), {
    server,
    timeoutMs,
    certificates,
  });
  const user = smtpUser(account.sid);
  await session.greet(user === "" ? null : { user, pass: account.token }, signal);
  return session;
}

function wrongServer(message: string): SmtpFault {
  const refused = { kind: "rejected", fault: "configuration", httpStatus: null } as const;
  return new SmtpFault({ ...refused, code: EMAIL_CODES.server, message }, message);
}

function unreachable(reason: string): SmtpFault {
  return new SmtpFault({ kind: "unreachable", reason }, reason);
}

/** What has not answered when time is up is not reachable. */
function beforeEnd<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(unreachable("The mail server’s address was not found in time"));
    if (signal.aborted) return late();
    signal.addEventListener("abort", late, { once: true });
    const end = () => signal.removeEventListener("abort", late);
    const failed = (error: unknown) => reject(unreachable(String(error)));
    promise.then(resolve, failed).finally(end);
  });
}

type Place = {
  host: string;
  port: number;
  addresses: readonly string[] | null;
  timeoutMs: number;
};

function openSocket(place: Place, signal: AbortSignal): Promise<Socket> {
  const { host, port, addresses, timeoutMs } = place;
  return new Promise((resolve, reject) => {
    const lookup = addresses && { lookup: lookupOf(addresses) };
    const socket = connect({ host, port, autoSelectFamily: true, ...lookup });
    const give = (reason: string) => {
      end();
      // An error that comes yet is of a socket that nobody waits for.
      socket.on("error", () => undefined).destroy();
      reject(unreachable(reason));
    };
    const late = () => give(`${host}:${port} does not answer`);
    const timer = setTimeout(late, Math.min(CONNECT_TIMEOUT_MS, timeoutMs));
    const failed = (error: Error) => give(tell(error));
    const connected = () => {
      end();
      resolve(socket.setKeepAlive(true));
    };
    function end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", late);
      socket.off("error", failed).off("connect", connected);
    }
    signal.addEventListener("abort", late, { once: true });
    socket.on("error", failed).on("connect", connected);
  });
}

/** Of several addresses that were tried Node gathers the errors under an empty message. */
function tell(error: Error): string {
  if (!(error instanceof AggregateError)) return error.message;
  return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join("; ");
}
