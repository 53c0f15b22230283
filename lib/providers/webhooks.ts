import { Agent, type Dispatcher, request } from "undici";
import { checkAddress, lookupOf, type Resolve } from "../http/address-check";
import type { PostedWebhook, WebhookRequest, WebhookSender } from "../ports/webhooks";

type Options = {
  /** Origins that pass the address check. */
  trustedOrigins: readonly string[];
  /** Milliseconds for one POST with its whole answer. */
  timeoutMs?: number;
  resolve?: Resolve;
};

const TIMEOUT_MS = 15_000;
/** Characters of an answer that are shown to people. */
const EXCERPT_LENGTH = 300;
/** Bytes that are read of it; beyond them the connection is ended. */
const EXCERPT_BYTES = 4096;

/**
 * Posts to customers' endpoints, each time to an address that has just been checked and to no other. A
 * redirect could lead anywhere, hence it is a failure like any other answer but 2xx.
 */
export function createWebhookSender(options: Options): WebhookSender {
  return {
    post: (webhook) => post(webhook, options),
    async checkUrl(url) {
      const checked = await checkAddress(url, options);
      return checked.ok || !checked.isFinal ? { ok: true } : { ok: false, reason: checked.reason };
    },
  };
}

async function post(webhook: WebhookRequest, options: Options): Promise<PostedWebhook> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  const checked = await checkAddress(webhook.url, options);
  if (!checked.ok) return noAnswer(`the address ${checked.reason}`);
  const { url, pinned } = checked;
  const dispatcher = new Agent({ connect: pinned ? { lookup: lookupOf(pinned) } : {} });
  try {
    const { headers, body } = webhook;
    return await read(await request(url, { dispatcher, method: "POST", headers, body, signal }));
  } catch (error) {
    if (signal.aborted) return noAnswer(`no complete answer within ${timeoutMs / 1000} s`);
    return noAnswer(`not reachable: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await dispatcher.destroy();
  }
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData) {
  const retryAfter = headers["retry-after"];
  return {
    httpStatus: statusCode,
    error: null,
    retryAfter: typeof retryAfter === "string" ? retryAfter : null,
    excerpt: await readExcerpt(body),
  };
}

/** PostgreSQL stores no zero characters, and no half of an emoji. */
async function readExcerpt(body: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= EXCERPT_BYTES) break;
  }
  const text = Buffer.concat(chunks).toString("utf8").replaceAll("\0", "").trim();
  return text === "" ? null : Array.from(text).slice(0, EXCERPT_LENGTH).join("");
}

function noAnswer(error: string): PostedWebhook {
  return { httpStatus: null, error, retryAfter: null, excerpt: null };
}
