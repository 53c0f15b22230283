import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { EMAIL_CODES } from "../../domain/email-codes";
import { checkMail, cleanHeaders, oneLine } from "../../domain/email-header";
import type { EmailProvider, EmailRequest } from "../../ports/email";
import type { ConnectionTest, ProviderAccount, SendOutcome } from "../../ports/sms";
import { type CheckHost, openSession } from "./smtp-connect";
import { createSmtpPool, type SmtpPool } from "./smtp-pool";
import { SmtpFault } from "./smtp-session";

type Options = {
  checkHost: CheckHost;
  createTimeoutMs?: number;
  /** PEM of authorities that are trusted besides those of Node. */
  certificates?: readonly string[];
};

const CREATE_TIMEOUT_MS = 10_000;

/** Any mail server, by nodemailer's parts. Nothing comes back after the handover. */
export function createSmtpProvider(options: Options): EmailProvider {
  const timeoutMs = options.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const { checkHost, certificates = [] } = options;
  const connecting = { checkHost, timeoutMs, certificates };
  const pools = new Map<string, { key: string; pool: SmtpPool }>();

  /** One pool an account; changed credentials or another server make a new one. */
  function poolOf(account: ProviderAccount): SmtpPool {
    const key = JSON.stringify([account.sid, account.token, account.apiOrigin]);
    const known = pools.get(account.id);
    if (known?.key === key) return known.pool;
    known?.pool.close();
    const pool = createSmtpPool((signal) => openSession(account, connecting, signal));
    pools.set(account.id, { key, pool });
    return pool;
  }

  return {
    async send(account, request) {
      const fault = checkMail(request);
      if (fault) return fault;
      try {
        const providerId = messageIdOf(request);
        const content = await buildMail(request, providerId);
        const { from, to } = request;
        const signal = AbortSignal.timeout(timeoutMs);
        await poolOf(account).run(signal, (session) =>
          session.deliver({ from, to }, content, signal),
        );
        return { kind: "accepted", providerId, segments: null, isLastWord: true };
      } catch (error) {
        return readFailure(error);
      }
    },
    async fetchReport() {
      return { ok: false, reason: "A mail server cannot be asked what it has sent" };
    },
    /** R104: the server is there and takes the login. Whether it takes the sender, the first mail shows. */
    async testConnection(account) {
      try {
        const session = await openSession(account, connecting, AbortSignal.timeout(timeoutMs));
        session.quit();
        return { ok: true, accountName: account.apiOrigin ?? "", senders: null };
      } catch (error) {
        return readTestFailure(readFailure(error));
      }
    },
  };
}

/** The same at every try of a message, so that a doubled mail can be recognised. Without its brackets. */
function messageIdOf({ messageId, from }: EmailRequest): string {
  return `${messageId}@${from.slice(from.lastIndexOf("@") + 1)}`;
}

function buildMail(request: EmailRequest, messageId: string): Promise<Buffer> {
  const { from, fromName, to, subject, text, html, headers } = request;
  const composer = new MailComposer({
    from: { name: oneLine(fromName ?? ""), address: from },
    to: { name: "", address: to },
    subject: oneLine(subject),
    text,
    ...(html !== null && { html }),
    headers: cleanHeaders(headers),
    messageId: `<${messageId}>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

type FailedOutcome = Exclude<SendOutcome, { kind: "accepted" }>;

function readFailure(error: unknown): FailedOutcome {
  if (error instanceof SmtpFault) return error.outcome;
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: "unknown", reason, httpStatus: null };
}

/** R412. */
function readTestFailure(outcome: FailedOutcome): ConnectionTest {
  switch (outcome.kind) {
    case "unreachable":
      return { ok: false, fault: "unreachable", message: outcome.reason };
    case "rejected": {
      const { code, message } = outcome;
      if (code === EMAIL_CODES.login) return { ok: false, fault: "credentials", message };
      return { ok: false, fault: code === EMAIL_CODES.server ? "server" : "unexpected", message };
    }
    case "retry":
      return { ok: false, fault: "unexpected", message: outcome.message };
    case "unknown":
      return { ok: false, fault: "unexpected", message: outcome.reason };
    default:
      return outcome satisfies never;
  }
}
