import { z } from "zod";
import type { IntegrationFault } from "./integration-input";

/*
 * A mail server as a provider account holds it: where it is in `apiOrigin`, who logs in in `sid`.
 *   smtps://host:465           TLS from the first byte
 *   smtp://host:587            STARTTLS, or nothing is sent
 *   smtp://host:25?tls=none    in the clear: a relay on a trusted network
 */

export const SMTP_SECURITIES = ["tls", "starttls", "none"] as const;
export type SmtpSecurity = (typeof SMTP_SECURITIES)[number];

export type SmtpServer = {
  /** A name or an IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
};

const DEFAULT_PORTS = { "smtps:": 465, "smtp:": 587 } as const;
/** Underscores are no host names by the book, but containers have them. */
const LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, "i");
const ipv6 = z.ipv6();

/** Is it a host's name or its IP address, without scheme, port or brackets? */
export function isSmtpHost(text: string): boolean {
  return (text.length <= 253 && HOST_NAME.test(text)) || ipv6.safeParse(text).success;
}

/** The `apiOrigin` of an account at that server; read back by `readSmtpOrigin`. */
export function smtpOrigin({ host, port, security }: SmtpServer): string {
  const place = `${host.includes(":") ? `[${host}]` : host.toLowerCase()}:${port}`;
  if (security === "tls") return `smtps://${place}`;
  return `smtp://${place}${security === "none" ? "?tls=none" : ""}`;
}

/** The server of an account's `apiOrigin`; null: it names none. */
export function readSmtpOrigin(origin: string | null): SmtpServer | null {
  const url = origin === null ? null : parseUrl(origin);
  if (!url || (url.protocol !== "smtps:" && url.protocol !== "smtp:")) return null;
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port === "" ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  if (!isSmtpHost(host) || !isPort(port)) return null;
  if (url.protocol === "smtps:") return { host, port, security: "tls" };
  const security = url.searchParams.get("tls") === "none" ? "none" : "starttls";
  return { host, port, security };
}

/** The `sid` of an account: unique among accounts, and told apart by its last `@`. */
export function smtpSid(user: string, host: string): string {
  return `${user}@${host.toLowerCase()}`;
}

/** Who logs in; empty: nobody does. */
export function smtpUser(sid: string): string {
  return sid.slice(0, Math.max(0, sid.lastIndexOf("@")));
}

/** What is wrong with a server as somebody typed it in. `user` empty: no login. */
export function checkSmtp(input: {
  host: string;
  port: number;
  security: string;
  user: string;
}): IntegrationFault[] {
  const faults: IntegrationFault[] = [];
  if (!isSmtpHost(input.host)) {
    const message = "The server's name or IP address alone, such as smtp.example.com";
    faults.push({ path: "smtp.host", code: "smtp_host", message });
  }
  if (!isPort(input.port)) {
    const message = "A port between 1 and 65535; mostly 465 or 587";
    faults.push({ path: "smtp.port", code: "smtp_port", message });
  }
  if (!SMTP_SECURITIES.some((known) => known === input.security)) {
    const message = `One of ${SMTP_SECURITIES.join(", ")}`;
    faults.push({ path: "smtp.security", code: "smtp_security", message });
  }
  if (input.user.length > 254 || /\p{Cc}/u.test(input.user)) {
    const message = "A user name of at most 254 characters on one line, or nothing";
    faults.push({ path: "accountId", code: "smtp_user", message });
  }
  return faults;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
