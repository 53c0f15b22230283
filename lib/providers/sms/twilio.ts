import twilio from "twilio";
import { classifyFailure } from "../../domain/send-failure";
import type {
  ConnectionTest,
  ProviderAccount,
  SmsProvider,
  WebhookAnswer,
  WebhookTarget,
} from "../../ports/sms";
import { isBeforeRequest } from "../http-pool";
import { checkAccount } from "./twilio-account";
import { createMessage } from "./twilio-create";
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
        const origin = originOf(account);
        return await createMessage(clientOf(account), { accountSid: account.sid, origin, request });
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
