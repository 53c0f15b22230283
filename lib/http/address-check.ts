import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, request } from "undici";

/** Finds all addresses of a host; an input so that tests need no DNS. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export type CheckedAddress =
  | {
      ok: true;
      url: URL;
      /** The addresses that were checked, to connect to and to nothing else; null: a trusted origin. */
      pinned: readonly string[] | null;
    }
  /** `isFinal`: it will not be different later. */
  | { ok: false; isFinal: boolean; reason: string };

type Policy = {
  /** Origins that pass unchecked: the simulator, TWILIO_API_URL. */
  trustedOrigins: readonly string[];
  resolve?: Resolve;
};

/**
 * May this URL, given by somebody outside, be fetched? http(s) without credentials, and every address
 * of its host public: no loopback, private, link-local, carrier-grade, mapped or reserved one.
 */
export async function checkAddress(target: string | URL, policy: Policy): Promise<CheckedAddress> {
  const url = parseUrl(target);
  if (!url) return refused("is not a web address");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return refused("must begin with https:// or http://");
  }
  if (url.username || url.password) return refused("must not hold credentials");
  if (policy.trustedOrigins.includes(url.origin)) return { ok: true, url, pinned: null };
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = await checkHost(host, { trustedHosts: [], resolve: policy.resolve });
  return found.ok ? { ok: true, url, pinned: found.addresses } : found;
}

export type CheckedHost =
  | {
      ok: true;
      /** The addresses that were checked, to connect to and to nothing else; null: a trusted host. */
      addresses: readonly string[] | null;
    }
  /** `isFinal`: it will not be different later. */
  | { ok: false; isFinal: boolean; reason: string };

/**
 * May this host (a name or an IP address, no brackets), given by somebody outside, be connected to?
 * Every address of it must be public; `trustedHosts` pass unchecked. Never throws.
 */
export async function checkHost(
  host: string,
  policy: { trustedHosts: readonly string[]; resolve?: Resolve },
): Promise<CheckedHost> {
  if (policy.trustedHosts.includes(host)) return { ok: true, addresses: null };
  const found = ipaddr.isValid(host) ? [host] : await (policy.resolve ?? resolveByDns)(host);
  // Name servers fail for a while too.
  if (found.length === 0) return { ...refused(`has an unknown host, ${host}`), isFinal: false };
  if (!found.every(isPublic)) return refused("leads into a private network");
  return { ok: true, addresses: found };
}

function refused(reason: string) {
  return { ok: false as const, isFinal: true, reason };
}

function parseUrl(target: string | URL): URL | null {
  try {
    return new URL(target);
  } catch {
    return null;
  }
}

/** Embedded IPv4 addresses (mapped, NAT64, 6to4, Teredo) are of other ranges, hence refused as well. */
function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

function resolveByDns(hostname: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    lookup(hostname, { all: true }, (error, found) => {
      resolve(error ? [] : found.map(({ address }) => address));
    });
  });
}

export type FetchedFile =
  | { ok: true; bytes: Buffer; contentType: string }
  /** `isFinal`: asking again will not help. */
  | { ok: false; isFinal: boolean; reason: string };

const MAX_REDIRECTS = 5;

/**
 * Fetches a URL that came from outside: each hop is checked and connected to by the checked address;
 * `headers` (credentials) go to the first origin only. At most `maxBytes`, within `timeoutMs` in all.
 * Never throws.
 */
export async function fetchChecked(
  target: string,
  options: Policy & {
    maxBytes: number;
    timeoutMs: number;
    headers?: Readonly<Record<string, string>>;
  },
): Promise<FetchedFile> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  const origin = parseUrl(target)?.origin;
  let next: string | URL = target;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const checked = await checkAddress(next, options);
    if (!checked.ok) return { ...checked, reason: `the address ${checked.reason}` };
    const headers = checked.url.origin === origin ? (options.headers ?? {}) : {};
    const answer = await fetchOnce(checked, { headers, signal, maxBytes: options.maxBytes });
    if (answer.kind !== "redirect") return answer.file;
    next = answer.to;
  }
  return { ok: false, isFinal: true, reason: "redirects without end" };
}

type Once = {
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  maxBytes: number;
};
type Answer = { kind: "redirect"; to: URL } | { kind: "file"; file: FetchedFile };

async function fetchOnce(
  { url, pinned }: Extract<CheckedAddress, { ok: true }>,
  { headers, signal, maxBytes }: Once,
): Promise<Answer> {
  const dispatcher = new Agent({ connect: pinned ? { lookup: lookupOf(pinned) } : {} });
  try {
    const response = await request(url, { dispatcher, headers, signal });
    const { statusCode, body } = response;
    const location = response.headers.location;
    if (statusCode >= 300 && statusCode < 400 && typeof location === "string") {
      await body.dump({ limit: 65_536, signal });
      return { kind: "redirect", to: new URL(location, url) };
    }
    const type = response.headers["content-type"];
    if (statusCode !== 200) {
      await body.dump({ limit: 65_536, signal });
      return failed(isFinalStatus(statusCode), `the server answered ${statusCode}`);
    }
    const bytes = await readAtMost(body, maxBytes);
    if (!bytes) return failed(true, `the file is over ${Math.round(maxBytes / 1024 / 1024)} MB`);
    return { kind: "file", file: { ok: true, bytes, contentType: String(type ?? "") } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(false, `not reachable: ${reason}`);
  } finally {
    await dispatcher.destroy();
  }
}

function failed(isFinal: boolean, reason: string): Answer {
  return { kind: "file", file: { ok: false, isFinal, reason } };
}

/** Refused or gone for good; 404 may be a file that the provider has not finished storing. */
function isFinalStatus(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status);
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

/** Answers every look-up with the checked addresses: a name that changes in between changes nothing. */
export function lookupOf(addresses: readonly string[]): LookupFunction {
  const found: LookupAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(":") ? 6 : 4,
  }));
  return (_hostname, options, callback) => {
    if (options.all) return callback(null, found);
    const [first] = found;
    callback(null, first?.address ?? "", first?.family ?? 4);
  };
}
