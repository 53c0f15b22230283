import { Resend } from "resend";
import { callForText, type HttpAnswer } from "../http-call";
import { poolOf, readRetryAfter } from "../http-pool";

/** An answer that is no success, or none that can be read. */
export class ResendAnswer extends Error {
  constructor(
    readonly httpStatus: number,
    /** Resend's `name`; null: the answer is not in its form. */
    readonly code: string | null,
    message: string,
    /** Seconds. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

const API = "https://api.resend.com";

/** A hundred domains are some 50 KB; a mail with its HTML is well below this. */
const MAX_BYTES = 4 * 1024 * 1024;

type Options = {
  key: string;
  /** Instead of Resend's own; null: Resend's. */
  baseUrl: string | null;
  timeoutMs: number;
};

/**
 * The SDK over connections of ours. All its calls go through `fetchRequest`, which as it comes uses the
 * global fetch, knows no time-out and hides why a request failed; here everything that is no 2xx with
 * JSON throws: a `ResendAnswer`, or what the connection threw.
 *
 * @throws where the key is empty, since the SDK would take one from the environment, or `baseUrl` is none.
 */
export function createResendClient({ key, baseUrl, timeoutMs }: Options): Resend {
  if (key === "")
    throw new ResendAnswer(401, "missing_api_key", "The account has no API key", null);
  const base = (baseUrl ?? API).replace(/\/+$/, "");
  const client = new Resend(key, { baseUrl: base, userAgent: "carillon" });
  const { origin, pathname } = new URL(base);
  const prefix = pathname === "/" ? "" : pathname;
  client.fetchRequest = async (path: string, options: RequestInit = {}) => {
    const answer = await callForText(
      poolOf(origin),
      {
        method: (options.method ?? "GET") as "GET",
        path: prefix + path,
        headers: Object.fromEntries(new Headers(options.headers)),
        body: typeof options.body === "string" ? options.body : null,
      },
      { timeoutMs, maxBytes: MAX_BYTES },
    );
    return { data: readSuccess(answer), error: null, headers: null } as never;
  };
  return client;
}

function readSuccess({ statusCode, headers, body }: HttpAnswer): object {
  const value = parseObject(body);
  if (statusCode >= 200 && statusCode < 300 && value) return value;
  const retryAfter = readRetryAfter(headers["retry-after"]);
  const code = typeof value?.name === "string" ? value.name : null;
  const message = typeof value?.message === "string" ? value.message : `HTTP ${statusCode}`;
  throw new ResendAnswer(statusCode, code, message, retryAfter);
}

type ErrorBody = { name?: unknown; message?: unknown };

function parseObject(text: string): ErrorBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    // An HTML page of a proxy: the status alone tells.
    return null;
  }
}
