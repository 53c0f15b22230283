import { randomUUID } from "node:crypto";
import { Agent, request } from "undici";
import { encodeForm, type FormFields, signForm } from "./signature";

export type WebhookResult = {
  /** The last answer; null when there was none. */
  httpStatus: number | null;
  body: string;
  tries: number;
};

export type Poster = {
  /** Posts a signed form, with the retries that the URL's fragment asks for. Never rejects. */
  post(url: string, token: string, fields: FormFields): Promise<WebhookResult>;
  /** Posts as it is, with these timeouts and retries. Never rejects. */
  send(call: Call, overrides: Overrides): Promise<WebhookResult>;
  close(): Promise<void>;
};

export type Call = { url: string; body: string; headers: Record<string, string> };
export type Overrides = { ct: number; rt: number; tt: number; rc: number; rp: string[] };

/** One try. */
export const ONCE: Overrides = { ct: 5000, rt: 15_000, tt: 15_000, rc: 0, rp: [] };
/** Some tries more until the answer is one of the 2xx. */
export const PERSISTENT: Overrides = { ...ONCE, rc: 5, rp: ["all", "3xx"] };

type Try = { kind: "answer"; status: number; body: string } | { kind: "ct" | "rt" };

/** @param limit Posts at the same time; the rest wait in order. */
export function createPoster(limit: number): Poster {
  const agents = new Map<number, Agent>();
  const waiting: (() => void)[] = [];
  let active = 0;
  let isClosed = false;

  function agentFor(connectTimeout: number) {
    const known = agents.get(connectTimeout);
    if (known) return known;
    const agent = new Agent({ connections: limit, pipelining: 1, connectTimeout });
    agents.set(connectTimeout, agent);
    return agent;
  }

  async function takeTurn() {
    if (active >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else active += 1;
  }

  function endTurn() {
    const next = waiting.shift();
    if (next) next();
    else active -= 1;
  }

  async function send(call: Call, overrides: Overrides): Promise<WebhookResult> {
    const began = performance.now();
    for (let tries = 1; ; tries += 1) {
      await takeTurn();
      const result = await attempt(agentFor(overrides.ct), call, overrides).finally(endTurn);
      const isOver = isClosed || performance.now() - began >= overrides.tt;
      if (isOver || tries > overrides.rc || !isRetried(result, overrides.rp)) {
        return { ...outcomeOf(result), tries };
      }
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** tries));
    }
  }

  return {
    post: (url, token, fields) => send(prepare(url, token, fields), readOverrides(url)),
    send,
    async close() {
      isClosed = true;
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function prepare(url: string, token: string, fields: FormFields): Call {
  return {
    url: url.split("#", 1)[0] ?? url,
    body: encodeForm(fields),
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "user-agent": "TwilioProxy/1.1",
      "x-home-region": "us1",
      "x-twilio-signature": signForm(token, url, fields),
      // Equal across the tries of one event.
      "i-twilio-idempotency-token": randomUUID(),
    },
  };
}

async function attempt(agent: Agent, call: Call, overrides: Overrides): Promise<Try> {
  try {
    const reply = await request(call.url, {
      dispatcher: agent,
      method: "POST",
      headers: call.headers,
      body: call.body,
      headersTimeout: overrides.rt,
      bodyTimeout: overrides.rt,
    });
    return { kind: "answer", status: reply.statusCode, body: await reply.body.text() };
  } catch (error) {
    return { kind: isReadTimeout(error) ? "rt" : "ct" };
  }
}

function isReadTimeout(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT";
}

function isRetried(result: Try, policies: string[]): boolean {
  const fault =
    result.kind !== "answer"
      ? result.kind
      : result.status >= 500
        ? "5xx"
        : result.status >= 400
          ? "4xx"
          : null;
  // Twilio's "all" has no word for a redirection.
  if (result.kind === "answer" && fault === null && result.status >= 300) {
    return policies.includes("3xx");
  }
  return fault !== null && (policies.includes("all") || policies.includes(fault));
}

function outcomeOf(result: Try) {
  return result.kind === "answer"
    ? { httpStatus: result.status, body: result.body }
    : { httpStatus: null, body: "" };
}

/** Connection overrides in the fragment, with Twilio's defaults: one retry, connection faults only. */
export function readOverrides(url: string): Overrides {
  const given = new URLSearchParams(url.split("#")[1] ?? "");
  const number = (key: string, normal: number, low: number, high: number) => {
    const value = Number(given.get(key) ?? normal);
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : normal;
  };
  return {
    ct: number("ct", 5000, 100, 10_000),
    rt: number("rt", 15_000, 100, 15_000),
    tt: number("tt", 15_000, 100, 15_000),
    rc: number("rc", 1, 0, 5),
    rp: (given.get("rp") ?? "ct").split(","),
  };
}
