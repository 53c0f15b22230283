import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient";
import { callForText, type HttpAnswer } from "../http-call";
import { poolOf, readRetryAfter } from "../http-pool";
import { readBody } from "./twilio-body";

/** An answer that is no success; carries what the SDK's own exception drops. */
export class TwilioAnswer extends Error {
  constructor(
    readonly httpStatus: number,
    readonly code: string | null,
    message: string,
    /** Seconds. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

const MB = 1024 * 1024;
/** A created message has a few KB; a page of a thousand long ones in UCS-2 some 11 MB. */
const MAX_BYTES = { post: MB, other: 16 * MB };

type HttpOptions = {
  /** Instead of the vendor's; null: the one of the request. */
  origin: string | null;
  timeoutMs: number;
};

/**
 * The SDK's one seam for origin, time-out and sockets: its requests over undici pools. Nothing is
 * retried here, and everything that is no 2xx throws a `TwilioAnswer`.
 */
export function createTwilioHttp({ origin, timeoutMs }: HttpOptions) {
  const client = new twilio.RequestClient({ timeout: timeoutMs });
  client.request = async <T>(options: RequestClient.RequestOptions<T>) => {
    const url = new URL(options.uri);
    const { body, ...answer } = await call(options, {
      origin: origin ?? url.origin,
      path: url.pathname + withParams(url.search, options.params),
      timeoutMs,
    });
    // The SDK reads nothing but these three of its own Response class, and takes a body that is parsed.
    return { ...answer, body: readBody(body) } as never;
  };
  return client;
}

type Call = { origin: string; path: string; timeoutMs: number };

async function call<T>(
  options: RequestClient.RequestOptions<T>,
  { origin, path, timeoutMs }: Call,
): Promise<HttpAnswer> {
  const request = {
    method: options.method.toUpperCase() as "GET",
    path,
    headers: {
      ...options.headers,
      authorization: basicAuth(options.username ?? "", options.password ?? ""),
    },
    body: options.data ? encodeBody(options) : null,
  };
  const maxBytes = options.method === "post" ? MAX_BYTES.post : MAX_BYTES.other;
  const answer = await callForText(poolOf(origin), request, { timeoutMs, maxBytes });
  if (answer.statusCode < 300) return answer;
  throw readRefusal(answer.statusCode, answer.body, answer.headers["retry-after"]);
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function withParams(search: string, params: object | undefined): string {
  if (!params || Object.keys(params).length === 0) return search;
  const text = encodeForm(params);
  return search === "" ? `?${text}` : `${search}&${text}`;
}

/** The newer resources take JSON, and say so. */
function encodeBody<T>({ data, headers }: RequestClient.RequestOptions<T>): string {
  const type = (headers as Record<string, string> | undefined)?.["Content-Type"];
  return type === "application/json" ? JSON.stringify(data) : encodeForm(data as object);
}

/** Repeats the name of a list (`MediaUrl`), leaves out what is undefined. */
function encodeForm(values: object): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) form.append(name, String(one));
    }
  }
  return form.toString();
}

type ErrorBody = { code?: unknown; message?: unknown; detail?: unknown };

function readRefusal(status: number, text: string, retryAfter: string | string[] | undefined) {
  const body = parseObject(text);
  const code = typeof body?.code === "number" || typeof body?.code === "string" ? body.code : null;
  const words = [body?.message, body?.detail].find((one) => typeof one === "string");
  const message = typeof words === "string" ? words : `HTTP ${status}`;
  return new TwilioAnswer(
    status,
    code === null ? null : String(code),
    message,
    readRetryAfter(retryAfter),
  );
}

function parseObject(text: string): ErrorBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    // An HTML page of a proxy: the status alone tells.
    return null;
  }
}
