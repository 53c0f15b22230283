import type { FetchedMedia, ProviderAccount } from "../../ports/sms";
import { basicAuth } from "./twilio-http";

/** Fetches a URL that came from outside, every hop checked: `fetchChecked` of lib/http/address-check. */
export type FetchFile = (
  url: string,
  options: {
    maxBytes: number;
    timeoutMs: number;
    /** Sent to the URL's own origin only. */
    headers: Readonly<Record<string, string>>;
    /** An origin that passes unchecked, beside those of the settings. */
    trustedOrigin: string | null;
  },
) => Promise<FetchedMedia>;

type MediaInput = {
  account: ProviderAccount;
  /** Stands in for every twilio.com host; null: the vendor's own. */
  apiOrigin: string | null;
  url: string;
  maxBytes: number;
  fetchFile: FetchFile;
};

const TIMEOUT_MS = 20_000;

/**
 * The bytes of a received file. Twilio answers 307 to a CDN: the credentials stay with Twilio's own
 * origin (reference §1.3). Never throws.
 */
export async function fetchTwilioMedia(input: MediaInput): Promise<FetchedMedia> {
  const { account, apiOrigin, maxBytes, fetchFile } = input;
  if (!URL.canParse(input.url)) {
    return { ok: false, isFinal: true, reason: "its address is not a web address" };
  }
  const url = atOrigin(new URL(input.url), apiOrigin);
  const authorization = basicAuth(account.sid, account.token);
  return fetchFile(url.href, {
    maxBytes,
    timeoutMs: TIMEOUT_MS,
    headers: isTwilio(url, apiOrigin) ? { authorization } : {},
    trustedOrigin: apiOrigin,
  });
}

function isTwilio(url: URL, apiOrigin: string | null): boolean {
  if (apiOrigin !== null) return url.origin === apiOrigin;
  return url.protocol === "https:" && url.host === "api.twilio.com";
}

/** The stand-in's origin instead of twilio.com's; any other URL as it is. */
function atOrigin(url: URL, apiOrigin: string | null): URL {
  const isVendor = url.hostname === "twilio.com" || url.hostname.endsWith(".twilio.com");
  return apiOrigin !== null && isVendor ? new URL(url.pathname + url.search, apiOrigin) : url;
}
