import { findApiKeyByHash } from "../../db/queries/system/api-keys";
import { touchApiKey } from "../../db/writes/api-keys";
import type { Caller } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { getRuntime } from "../runtime";
import { firstAnswer } from "./first-answer";
import { openSession } from "./open-session";
import { hashSecret } from "./secrets";
import { openSessionCookie, sessionCookieName } from "./session-cookie";

/** What tells who calls: a request, or any pair of its headers and method. */
export type CallerRequest = { readonly headers: Headers; readonly method?: string };

export type CallerResult =
  /** `apiPerMinute`: the workspace's limit, where it came with the key. */
  | { ok: true; caller: Caller; apiPerMinute?: number | null }
  | { ok: false; status: 401; code: "unauthenticated" | "invalid_api_key" | "cross_origin" };

/** A key's last use is written at most this often, in milliseconds. */
const TOUCH_MS = 60_000;
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Who calls the API: the bearer of a key, else a signed-in browser. A browser's writes must come from
 * our own pages (a cookie alone proves nothing about who made the request).
 *
 * @throws an error that `isDatabaseGone` knows when the database does not answer
 */
export async function callerFromRequest(
  deps: Pick<Deps, "db" | "clock">,
  request: CallerRequest,
): Promise<CallerResult> {
  const authorization = request.headers.get("authorization");
  return firstAnswer(
    authorization === null ? callerFromCookie(deps, request) : callerFromKey(deps, authorization),
  );
}

async function callerFromKey(
  deps: Pick<Deps, "db" | "clock">,
  authorization: string,
): Promise<CallerResult> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = secret ? await findApiKeyByHash(deps.db, hashSecret(secret)) : null;
  if (!key) return { ok: false, status: 401, code: "invalid_api_key" };
  const { id, workspaceId } = key;
  const now = deps.clock.now();
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= TOUCH_MS) {
    await touchApiKey(deps.db, { workspaceId, id, at: now });
  }
  const actor = { kind: "api_key", apiKeyId: id } as const;
  return {
    ok: true,
    caller: { workspaceId, integrations: "all", actor, role: key.role, scopes: key.scopes },
    apiPerMinute: key.apiPerMinute,
  };
}

async function callerFromCookie(
  deps: Pick<Deps, "db" | "clock">,
  request: CallerRequest,
): Promise<CallerResult> {
  const { appUrl, authSecret } = getRuntime();
  const cookie = readCookie(request.headers.get("cookie") ?? "", sessionCookieName(appUrl));
  const sessionId = cookie ? await openSessionCookie(cookie, authSecret) : null;
  const caller = sessionId ? await openSession(deps, sessionId) : null;
  if (!caller) return { ok: false, status: 401, code: "unauthenticated" };
  if (!SAFE_METHODS.includes(request.method ?? "POST") && !isOwnPage(request.headers, appUrl)) {
    return { ok: false, status: 401, code: "cross_origin" };
  }
  return { ok: true, caller };
}

function readCookie(header: string, name: string): string | null {
  const pair = header.split(/; */).find((text) => text.startsWith(`${name}=`));
  return pair ? pair.slice(name.length + 1) : null;
}

/** Browsers send Origin with every write; the host header covers a second name of the same server. */
function isOwnPage(headers: Headers, appUrl: string): boolean {
  const origin = headers.get("origin");
  if (!origin) return headers.get("sec-fetch-site") === "same-origin";
  if (!URL.canParse(origin)) return false;
  return origin === appUrl || new URL(origin).host === headers.get("host");
}
