import type { FetchedMedia, ProviderAccount } from "../../ports/sms";
import { basicAuth, poolOf } from "./twilio-http";

type MediaInput = {
  account: ProviderAccount;
  /** Stands in for every twilio.com host; null: the vendor's own. */
  apiOrigin: string | null;
  url: string;
  maxBytes: number;
  checkAddress: (url: URL) => Promise<{ ok: true } | { ok: false; reason: string }>;
};

const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 20_000;

/**
 * The bytes of a received file. Twilio answers 307 to a CDN: the credentials stay with Twilio's own
 * origin, and every foreign address is checked before it is called (reference §1.3). Never throws.
 */
export async function fetchTwilioMedia(input: MediaInput): Promise<FetchedMedia> {
  try {
    let url = atOrigin(new URL(input.url), input.apiOrigin);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const step = await fetchStep(input, url);
      if ("ok" in step) return step;
      url = new URL(step.location, url);
    }
    return refused("too many redirects");
  } catch (error) {
    return { ok: false, isFinal: false, reason: String(error) };
  }
}

type Step = FetchedMedia | { location: string };

async function fetchStep(input: MediaInput, url: URL): Promise<Step> {
  const isOwn = isTwilio(url, input.apiOrigin);
  if (!isOwn) {
    const check = await input.checkAddress(url);
    if (!check.ok) return refused(check.reason);
  }
  const { account } = input;
  const { statusCode, headers, body } = await poolOf(url.origin).request({
    method: "GET",
    path: url.pathname + url.search,
    headers: isOwn ? { authorization: basicAuth(account.sid, account.token) } : {},
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const location = headers.location;
  if (statusCode >= 300 && statusCode < 400 && typeof location === "string") {
    await body.dump();
    return { location };
  }
  if (statusCode !== 200) {
    await body.dump();
    const isFinal = statusCode >= 400 && statusCode < 500 && statusCode !== 429;
    return { ok: false, isFinal, reason: `HTTP ${statusCode}` };
  }
  const bytes = await readAtMost(body, input.maxBytes);
  if (!bytes) return refused(`larger than ${input.maxBytes} bytes`);
  const contentType = headers["content-type"];
  return {
    ok: true,
    bytes,
    contentType: typeof contentType === "string" ? contentType : "application/octet-stream",
  };
}

async function readAtMost(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused(reason: string): FetchedMedia {
  return { ok: false, isFinal: true, reason };
}

function isTwilio(url: URL, apiOrigin: string | null): boolean {
  if (apiOrigin !== null) return url.origin === apiOrigin;
  return url.protocol === "https:" && url.hostname === "api.twilio.com";
}

/** The stand-in's origin instead of twilio.com's; any other URL as it is. */
function atOrigin(url: URL, apiOrigin: string | null): URL {
  const isVendor = url.hostname === "twilio.com" || url.hostname.endsWith(".twilio.com");
  return apiOrigin !== null && isVendor ? new URL(url.pathname + url.search, apiOrigin) : url;
}
