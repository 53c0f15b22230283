import type { Resend } from "resend";
import { readEmailEvent } from "../../domain/email-events";
import { checkMail, cleanHeaders, formatMailbox, oneLine } from "../../domain/email-header";
import { classifyResendFailure, isKeyFault } from "../../domain/resend-failure";
import type { SendFailure } from "../../domain/send-failure";
import type { EmailProvider, EmailRequest } from "../../ports/email";
import type { ConnectionTest, ProviderAccount } from "../../ports/sms";
import { isBeforeRequest } from "../http-pool";
import { createResendClient, ResendAnswer } from "./resend-http";

type Options = { resendBaseUrl: string | null; createTimeoutMs?: number };

const CREATE_TIMEOUT_MS = 10_000;
/** Of Resend: everybody may send from it, to themselves. */
const TRIAL_DOMAIN = "resend.dev";
const PAGE = 100;
const MAX_PAGES = 10;

/** Resend by its own SDK; see resend-http for what of it is replaced. */
export function createResendProvider(options: Options): EmailProvider {
  const timeoutMs = options.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const clients = new Map<string, { key: string; client: Resend }>();

  /** One client an account; a changed key or address makes a new one. */
  function clientOf(account: ProviderAccount): Resend {
    const baseUrl = options.resendBaseUrl ?? account.apiOrigin;
    const key = `${account.token} ${baseUrl}`;
    const known = clients.get(account.id);
    if (known?.key === key) return known.client;
    const client = createResendClient({ key: account.token, baseUrl, timeoutMs });
    clients.set(account.id, { key, client });
    return client;
  }

  return {
    async send(account, request) {
      const fault = checkMail(request);
      if (fault) return fault;
      try {
        const { idempotencyKey } = request;
        const { data } = await clientOf(account).emails.send(buildMail(request), {
          idempotencyKey,
        });
        if (!data?.id) {
          return { kind: "unknown", reason: "the answer carries no id", httpStatus: 200 };
        }
        return { kind: "accepted", providerId: data.id, segments: null };
      } catch (error) {
        return classifyResendFailure(readFailure(error));
      }
    },
    async fetchReport(account, providerId) {
      try {
        const { data } = await clientOf(account).emails.get(encodeURIComponent(providerId));
        const word = data?.last_event;
        if (!word) return { ok: false, reason: "the answer carries no last event" };
        const { status, errorCode } = readEmailEvent(word);
        return { ok: true, report: { status, errorCode, errorMessage: errorCode && word } };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async testConnection(account, from) {
      try {
        return await test(clientOf(account), account.sid, from);
      } catch (error) {
        return readTestFailure(error, account.sid);
      }
    },
  };
}

function buildMail(request: EmailRequest) {
  const { from, fromName, to, subject, text, html, headers, messageId } = request;
  return {
    from: formatMailbox(fromName, from),
    to,
    subject: oneLine(subject),
    text,
    ...(html !== null && { html }),
    ...(Object.keys(headers).length > 0 && { headers: cleanHeaders(headers) }),
    tags: [{ name: "message", value: messageId }],
  };
}

function readFailure(error: unknown): SendFailure {
  if (error instanceof ResendAnswer) {
    const { httpStatus, code, message, retryAfter } = error;
    return { httpStatus, code, message, retryAfter, isBeforeRequest: false };
  }
  return {
    httpStatus: null,
    code: error instanceof Error && "code" in error ? String(error.code) : null,
    message: error instanceof Error ? error.message : String(error),
    retryAfter: null,
    isBeforeRequest: isBeforeRequest(error),
  };
}

/** R104: the key is good, and the domain of the sender, else of the account, verified there. */
async function test(client: Resend, sid: string, from: string | null): Promise<ConnectionTest> {
  const domain = (from ?? sid).slice((from ?? sid).lastIndexOf("@") + 1).toLowerCase();
  const domains = await listDomains(client);
  const senders = domains.filter(({ isUsable }) => isUsable).map(({ name }) => name);
  if (domain === "" || domain === TRIAL_DOMAIN || senders.includes(domain)) {
    return { ok: true, accountName: sid, senders };
  }
  const known = domains.find(({ name }) => name === domain);
  const what = known ? `is not verified yet (${known.status}) at` : "is not among the domains of";
  const there =
    senders.length > 0 ? `verified there: ${senders.join(", ")}` : "none is verified there";
  return {
    ok: false,
    fault: "sender",
    message: `${domain} ${what} this Resend account; ${there}`,
  };
}

type Domain = { id: string; name: string; status: string; isUsable: boolean };

async function listDomains(client: Resend): Promise<Domain[]> {
  const domains: Domain[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const after = domains.at(-1)?.id;
    const { data } = await client.domains.list({ limit: PAGE, ...(after && { after }) });
    for (const { id, name, status } of data?.data ?? []) {
      // Of a domain that is partly verified nobody but Resend can say which part.
      const isUsable = status === "verified" || status.startsWith("partially_");
      domains.push({ id, name: name.toLowerCase(), status, isUsable });
    }
    if (!data?.has_more || data.data.length === 0) break;
  }
  return domains;
}

/** R412. A key that may only send is a good key that cannot list the domains. */
function readTestFailure(error: unknown, accountName: string): ConnectionTest {
  const { httpStatus, code, message } = readFailure(error);
  if (code === "restricted_api_key") return { ok: true, accountName, senders: null };
  if (httpStatus === null) {
    return { ok: false, fault: code === null ? "unexpected" : "unreachable", message };
  }
  const isRefused = httpStatus === 403 || isKeyFault(httpStatus, code ?? "", message);
  return { ok: false, fault: isRefused ? "credentials" : "unexpected", message };
}
