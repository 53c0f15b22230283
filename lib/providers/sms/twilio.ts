import twilio from "twilio";
import { isCallable } from "../../domain/callback-address";
import { toWhatsAppAddress } from "../../domain/provider-address";
import { classifyFailure } from "../../domain/send-failure";
import type {
  ConnectionTest,
  ProviderAccount,
  SendOutcome,
  SmsProvider,
  SmsRequest,
  WebhookAnswer,
  WebhookTarget,
} from "../../ports/sms";
import { isBeforeRequest } from "../http-pool";
import { checkAccount } from "./twilio-account";
import { createTwilioHttp, TwilioAnswer } from "./twilio-http";
import { listFiles, listPrices, listSent, listTraffic, readReport } from "./twilio-list";
import { type FetchFile, fetchTwilioMedia } from "./twilio-media";
import { listTemplates } from "./twilio-templates";
import { exchangeWebhook } from "./twilio-webhooks";

type Options = {
  twilioApiUrl: string | null;
  fetchFile: FetchFile;
  createTimeoutMs?: number;
};

const CREATE_TIMEOUT_MS = 10_000;

/** Twilio's API by its own SDK, over connections of ours. */
export function createTwilioProvider(options: Options): SmsProvider {
  const timeoutMs = options.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const clients = new Map<string, { key: string; client: twilio.Twilio }>();

  function originOf(account: ProviderAccount): string | null {
    return options.twilioApiUrl ?? account.apiOrigin;
  }

  /** One client an account; a changed token or origin makes a new one. */
  function clientOf(account: ProviderAccount): twilio.Twilio {
    const origin = originOf(account);
    const key = `${account.sid} ${account.token} ${origin}`;
    const known = clients.get(account.id);
    if (known?.key === key) return known.client;
    const httpClient = createTwilioHttp({ origin, timeoutMs });
    const client = twilio(account.sid, account.token, { httpClient });
    clients.set(account.id, { key, client });
    return client;
  }

  async function webhookOf(
    account: ProviderAccount,
    target: WebhookTarget,
    urls: { url: string; fallbackUrl: string } | null,
  ): Promise<WebhookAnswer> {
    try {
      return await exchangeWebhook(clientOf(account), target, urls);
    } catch (error) {
      return readTestFailure(error);
    }
  }

  return {
    async send(account, request) {
      try {
        const parameters = buildParameters(request, originOf(account));
        const message = await clientOf(account).messages.create(parameters);
        return readAccepted(message);
      } catch (error) {
        return classifyFailure(readFailure(error));
      }
    },
    async listSent(account, query) {
      try {
        return { ok: true, messages: await listSent(clientOf(account), query) };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async listTraffic(account, query) {
      try {
        return { ok: true, ...(await listTraffic(clientOf(account), query)) };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async listPrices(account, query) {
      try {
        return { ok: true, ...(await listPrices(clientOf(account), query)) };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async listFiles(account, providerId) {
      try {
        return { ok: true, files: await listFiles(clientOf(account), providerId) };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async fetchReport(account, providerId) {
      try {
        return {
          ok: true,
          report: readReport(await clientOf(account).messages(providerId).fetch()),
        };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    async testConnection(account, sender, channel) {
      try {
        return await checkAccount(clientOf(account), account.sid, { sender, type: channel });
      } catch (error) {
        return readTestFailure(error);
      }
    },
    async listTemplates(account) {
      try {
        return { ok: true, templates: await listTemplates(clientOf(account)) };
      } catch (error) {
        return { ok: false, reason: readFailure(error).message };
      }
    },
    readWebhook: (account, target) => webhookOf(account, target, null),
    setWebhook: webhookOf,
    async fetchMedia(account, url, maxBytes) {
      const apiOrigin = originOf(account);
      const { fetchFile } = options;
      return fetchTwilioMedia({ account, apiOrigin, url, maxBytes, fetchFile });
    },
  };
}

type CreateParameters = Parameters<twilio.Twilio["messages"]["create"]>[0];

/** With a Messaging Service and a sender of its pool both are given: the sender is kept. */
function buildParameters(request: SmsRequest, origin: string | null): CreateParameters {
  const address = request.channel === "whatsapp" ? toWhatsAppAddress : (text: string) => text;
  const callback = request.statusCallback;
  return {
    to: address(request.to),
    from: address(request.from),
    ...(request.messagingServiceSid && { messagingServiceSid: request.messagingServiceSid }),
    ...(request.template
      ? {
          contentSid: request.template.contentSid,
          contentVariables: JSON.stringify(request.template.variables),
        }
      : request.body !== "" && { body: request.body }),
    ...(request.mediaUrls.length > 0 && { mediaUrl: [...request.mediaUrls] }),
    ...(isCallable(callback, origin) && { statusCallback: callback }),
    ...(request.validitySeconds && { validityPeriod: request.validitySeconds }),
  };
}

/** A 2xx without an id says nothing that can be relied on. */
function readAccepted(message: { sid?: unknown; numSegments?: string | null }): SendOutcome {
  if (typeof message.sid !== "string" || message.sid === "") {
    return { kind: "unknown", reason: "the answer carries no message id", httpStatus: null };
  }
  const segments = Number(message.numSegments);
  return {
    kind: "accepted",
    providerId: message.sid,
    segments: Number.isInteger(segments) && segments > 0 ? segments : null,
  };
}

function readFailure(error: unknown) {
  if (error instanceof TwilioAnswer) {
    const { httpStatus, code, message, retryAfter } = error;
    return { httpStatus, code, message, retryAfter, isBeforeRequest: false };
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  const message = error instanceof Error ? error.message : String(error);
  return {
    httpStatus: null,
    code,
    message,
    retryAfter: null,
    isBeforeRequest: isBeforeRequest(error),
  };
}

/** R412. */
function readTestFailure(error: unknown): Extract<WebhookAnswer, { ok: false }> & ConnectionTest {
  const failure = readFailure(error);
  const { httpStatus, message } = failure;
  if (httpStatus === 401 || httpStatus === 403 || httpStatus === 404) {
    return { ok: false, fault: "credentials", message };
  }
  if (httpStatus !== null) return { ok: false, fault: "unexpected", message };
  const isUnreachable = failure.code !== null;
  return { ok: false, fault: isUnreachable ? "unreachable" : "unexpected", message };
}
