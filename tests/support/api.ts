import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { OPERATIONS } from "../../app/api/v1/operations";
import { createApiKey } from "../../lib/auth/create-api-key";
import type { ApiScope, Role } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { readEnv } from "../../lib/env";
import { refusalsOf } from "../../lib/http/openapi";
import type { Deps } from "../../lib/ports/deps";
import { setRuntime } from "../../lib/runtime";

export const AUTH_SECRET = "a secret of the tests, long enough to sign with";

/** Puts these deps where doors look for them, as the launcher does. */
export function installRuntime(deps: Deps) {
  setRuntime({
    deps,
    hub: {
      connect: async () => undefined,
      disconnect: () => undefined,
      close: async () => undefined,
    } as never,
    env: readEnv({}),
    appUrl: deps.settings.appUrl,
    authSecret: AUTH_SECRET,
    simulatorOrigin: null,
    isDemo: false,
  });
}

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response> | Response;

/** `app/api/v1/users/[id]/route.ts` → its segments. */
type RouteFile = { file: string; segments: string[] };

/** Every route.ts below a folder of `app`, static segments before dynamic ones. */
export function findRouteFiles(folder: string): RouteFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => ({
      file: join(folder, file),
      segments: file.split("/").slice(0, -1),
    }))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ segments }: RouteFile) {
  const catches = segments.some((segment) => segment.startsWith("[..."));
  return (catches ? 100 : 0) + segments.filter((segment) => segment.startsWith("[")).length;
}

const ROUTES = findRouteFiles(resolve("app/api/v1"));

/** Finds the route handler as Next would and calls it. */
export async function callApi(path: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(`https://carillon.test/api/v1${path}`);
  const parts = url.pathname.split("/").slice(3);
  for (const { file, segments } of ROUTES) {
    const params = match(segments, parts);
    if (!params) continue;
    const module: Record<string, Handler | undefined> = await import(file);
    const handler = module[init.method ?? "GET"];
    if (!handler) throw new Error(`${file} does not export ${init.method}`);
    return handler(new Request(url, init), { params: Promise.resolve(params) });
  }
  throw new Error(`no route for ${path}`);
}

function match(segments: readonly string[], parts: readonly string[]) {
  const params: Record<string, string | string[]> = {};
  for (const [index, segment] of segments.entries()) {
    if (segment.startsWith("[...")) {
      params[segment.slice(4, -1)] = parts.slice(index);
      return params;
    }
    const part = parts[index];
    if (part === undefined) return null;
    if (segment.startsWith("[")) params[segment.slice(1, -1)] = decodeURIComponent(part);
    else if (segment !== part) return null;
  }
  return segments.length === parts.length ? params : null;
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about
export type ApiResult = { status: number; body: any; headers: Headers };
type CallOptions = { body?: unknown; headers?: Record<string, string> };

/** A client with an API key of its own. */
export async function createClient(
  deps: Deps,
  workspaceId: WorkspaceId,
  { role = "admin", scopes = null }: { role?: Role; scopes?: ApiScope[] | null } = {},
) {
  const by = { workspaceId, actor: { kind: "system" }, role: "owner" } as const;
  const made = await createApiKey(deps, by, { name: "test", role, scopes });
  if (made.kind !== "created") throw new Error(made.kind);
  const authorization = `Bearer ${made.key}`;
  async function call(method: string, path: string, options: CallOptions = {}): Promise<ApiResult> {
    const response = await callApi(path, {
      method,
      headers: { authorization, "content-type": "application/json", ...options.headers },
      ...("body" in options && {
        body: encode(options.body),
      }),
    });
    const result = await read(response);
    checkAgainstDocument(method, path, result);
    return result;
  }
  return {
    authorization,
    get: (path: string) => call("GET", path),
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      call("POST", path, { body, headers }),
    put: (path: string, body: unknown) => call("PUT", path, { body }),
    patch: (path: string, body: unknown) => call("PATCH", path, { body }),
    delete: (path: string) => call("DELETE", path),
    call,
  };
}

/** Strings and bytes go as they are. */
function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}

/** Whatever a test asks, the answer must be one that the OpenAPI document tells. */
function checkAgainstDocument(method: string, path: string, { status, body }: ApiResult) {
  const { pathname } = new URL(`https://carillon.test${path}`);
  const operation = OPERATIONS.find(
    (known) =>
      known.method === method &&
      new RegExp(`^${known.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
  );
  if (!operation) return;
  if (status < 300) {
    if (status !== operation.response.status && status !== 206) {
      throw new Error(`${method} ${path}: ${status} is not documented`);
    }
    operation.response.schema?.parse(body);
    return;
  }
  if (!refusalsOf(operation).get(status)?.includes(body.code)) {
    throw new Error(`${method} ${path}: ${status} ${body.code} is not documented`);
  }
}

export async function read(response: Response): Promise<ApiResult> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    body: isJson && text !== "" ? JSON.parse(text) : text,
    headers: response.headers,
  };
}
