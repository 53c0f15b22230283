import type { PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { classifySnsFailure, isSenderId, regionOf, SNS_CODES } from "../../domain/sns";
import type { ConnectionTest, ProviderAccount, SmsProvider, SmsRequest } from "../../ports/sms";
import { refuseLongAnswers } from "./sns-answer";

type Options = {
  /** AWS_ENDPOINT_URL_SNS: instead of every account's own; null: none. */
  snsEndpoint?: string | null;
  createTimeoutMs?: number;
};

const CREATE_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 4000;
/** Where the origin does not name one: another server than Amazon's signs for any. */
const ANY_REGION = "us-east-1";
const CANNOT_SAY = "AWS SNS cannot be asked what it has sent";

/** Loaded by those who use it: it is as large as all the rest of the launcher. */
function loadSdk() {
  return import("@aws-sdk/client-sns");
}

/**
 * AWS SNS by its own SDK, which must not retry by itself: Publish knows no idempotency. Nothing comes
 * back after the handover, and no text comes in.
 */
export function createSnsProvider(options: Options): SmsProvider {
  const timeoutMs = options.createTimeoutMs ?? CREATE_TIMEOUT_MS;
  const clients = new Map<string, { key: string; client: SNSClient }>();

  /** One client an account; a changed key or origin makes a new one. */
  async function clientOf(account: ProviderAccount): Promise<SNSClient> {
    const endpoint = options.snsEndpoint ?? account.apiOrigin;
    const key = `${account.sid} ${account.token} ${endpoint}`;
    const known = clients.get(account.id);
    if (known?.key === key) return known.client;
    const sdk = await loadSdk();
    known?.client.destroy();
    const client = new sdk.SNSClient({
      region: regionOf(account.apiOrigin) ?? ANY_REGION,
      ...(endpoint && { endpoint }),
      credentials: { accessKeyId: account.sid, secretAccessKey: account.token },
      maxAttempts: 1,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
    });
    client.middlewareStack.add(refuseLongAnswers, { step: "deserialize", priority: "low" });
    clients.set(account.id, { key, client });
    return client;
  }

  return {
    async send(account, request) {
      if (request.mediaUrls.length > 0 || request.channel !== "sms") return TEXT_ONLY;
      try {
        const { PublishCommand } = await loadSdk();
        const command = new PublishCommand(buildInput(request));
        const client = await clientOf(account);
        const abortSignal = AbortSignal.timeout(timeoutMs);
        const { MessageId } = await client.send(command, { abortSignal });
        if (!MessageId) {
          return { kind: "unknown", reason: "the answer carries no message id", httpStatus: 200 };
        }
        return { kind: "accepted", providerId: MessageId, segments: null, isLastWord: true };
      } catch (error) {
        return classifySnsFailure(readFailure(error));
      }
    },
    async testConnection(account) {
      try {
        const { GetSMSAttributesCommand } = await loadSdk();
        const client = await clientOf(account);
        const abortSignal = AbortSignal.timeout(timeoutMs);
        const answer = await client.send(new GetSMSAttributesCommand({}), { abortSignal });
        if (!answer.attributes) return NOT_OF_SNS;
        const accountName = regionOf(account.apiOrigin) ?? "AWS SNS";
        return { ok: true, accountName, senders: null };
      } catch (error) {
        return readTestFailure(error);
      }
    },
    async listSent() {
      return { ok: false, reason: CANNOT_SAY };
    },
    async fetchReport() {
      return { ok: false, reason: CANNOT_SAY };
    },
    /** What it bills stands in the account's own reports. */
    async listPrices() {
      return { ok: true, prices: [], nextPage: null };
    },
    async listTraffic() {
      return { ok: true, isWhole: true, received: [], sent: [] };
    },
    async listTemplates() {
      return { ok: true, templates: [] };
    },
    async readWebhook() {
      return NOTHING_COMES_IN;
    },
    async setWebhook() {
      return NOTHING_COMES_IN;
    },
    async listFiles() {
      return { ok: true, files: [] };
    },
    async fetchMedia() {
      return { ok: false, isFinal: true, reason: "AWS SNS has no media" };
    },
  };
}

/** SNS lists no settings as an empty list; the SDK takes any page of a proxy for an answer without one. */
const NOT_OF_SNS = {
  ok: false,
  fault: "unexpected",
  message: "the answer is none of AWS SNS",
} as const;

const NOTHING_COMES_IN = {
  ok: false,
  fault: "not_settable",
  message: "Nothing comes in by AWS SNS",
} as const;

const TEXT_ONLY = {
  kind: "rejected",
  fault: "permanent",
  code: SNS_CODES.noMedia,
  message: "AWS SNS sends text by SMS only",
  httpStatus: null,
} as const;

/** A name is a sender id, a number one that belongs to the account. */
function buildInput({ to, from, body }: SmsRequest): PublishCommandInput {
  const sender = isSenderId(from) ? "AWS.SNS.SMS.SenderID" : "AWS.MM.SMS.OriginationNumber";
  const text = (value: string) => ({ DataType: "String", StringValue: value });
  return {
    PhoneNumber: to,
    Message: body,
    MessageAttributes: {
      "AWS.SNS.SMS.SMSType": text("Transactional"),
      [sender]: text(from),
    },
  };
}

type Thrown = Error & {
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string> };
};

/** What the SDK throws for an answer carries its status; everything else got no answer. */
function readFailure(error: unknown) {
  const thrown: Thrown = error instanceof Error ? error : new Error(String(error));
  const { $metadata, $response, code, name, message } = thrown;
  const httpStatus = $metadata?.httpStatusCode ?? $response?.statusCode ?? null;
  const machine = typeof code === "string" ? code : null;
  const retryAfter = Number($response?.headers?.["retry-after"]);
  return {
    httpStatus,
    code: httpStatus === null ? (machine ?? name) : name,
    message,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
    isBeforeRequest: isConnectTimeout(thrown) || (machine !== null && TLS_FAULT.test(machine)),
  };
}

/** Certificate and handshake: no byte of the request had left. */
const TLS_FAULT = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;

/** The SDK's own: no connection within `connectionTimeout`. It names resets alike, but these have a code. */
function isConnectTimeout({ name, message, code }: Thrown): boolean {
  const isOwn = name === "TimeoutError" && code === undefined;
  return isOwn && message.includes("did not establish a connection");
}

function readTestFailure(error: unknown): ConnectionTest {
  const failure = readFailure(error);
  const outcome = classifySnsFailure(failure);
  const { message } = failure;
  if (outcome.kind === "rejected" && outcome.fault === "configuration") {
    return { ok: false, fault: "credentials", message };
  }
  const isSilent = failure.httpStatus === null;
  return { ok: false, fault: isSilent ? "unreachable" : "unexpected", message };
}
