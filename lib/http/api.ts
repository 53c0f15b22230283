import { createHash } from "node:crypto";
import type { z } from "zod";
import { isDatabaseGone } from "../../db/is-database-gone";
import { callerFromRequest } from "../auth/caller";
import { canonicalJson } from "../domain/canonical-json";
import type { Caller } from "../domain/viewer";
import { hasRole } from "../domain/words";
import { answerOnce, type KeptAnswer } from "../operations/answer-once";
import { OverLimit, takeFromMinute } from "../operations/api-limits";
import type { Deps } from "../ports/deps";
import { getDeps } from "../runtime";
import { overLimit, withLimit } from "./api-limit-headers";
import type { Operation } from "./operation";
import { parseInput } from "./parse-input";
import { type Problem, problemResponse } from "./problem";
import { readBody } from "./read-body";

/** What a handler answers: data as the operation's schema says, a problem, or a response of its own. */
export type ApiAnswer<T> =
  | { status: 200 | 201 | 202 | 204; body?: T; headers?: Record<string, string> }
  | { problem: Problem }
  | { response: Response };

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;

export type ApiContext<P = unknown, Q = unknown, B = unknown> = {
  deps: Deps;
  caller: Caller;
  params: P;
  query: Q;
  body: B;
  request: Request;
  /** Made of the request's Idempotency-Key and payload, for rows that keep one of their own. */
  idempotencyKey: string | null;
};

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

const MEGABYTE = 1_000_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Makes a route handler of an operation. The cheapest refusal first: who calls, may they, is it small
 * enough, is it valid, has it been asked before; then the handler. Every refusal is problem+json, and
 * an exception is logged and told as 500, or 503 where the database cannot be reached.
 */
export function apiRoute<
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | undefined,
>(
  operation: Operation<P, Q, B, R>,
  handler: (context: ApiContext<Output<P>, Output<Q>, Output<B>>) => Promise<ApiAnswer<Input<R>>>,
): RouteHandler {
  const run = handler as (context: ApiContext<never, never, never>) => Promise<ApiAnswer<unknown>>;
  return async (request, context) => {
    const deps = getDeps();
    try {
      const params = await context.params;
      return await answer(deps, { operation: operation as Operation, request, params, run });
    } catch (error) {
      return answerException(deps, request, error);
    }
  };
}

type Job = {
  operation: Operation;
  request: Request;
  params: Record<string, unknown>;
  run: (context: ApiContext<never, never, never>) => Promise<ApiAnswer<unknown>>;
};

async function answer(deps: Deps, { operation, request, params, run }: Job): Promise<Response> {
  const called = await callerFromRequest(deps, request);
  if (!called.ok) return problemResponse(unauthenticated(called.code));
  const { caller, apiPerMinute: limit } = called;
  const refusal = findRefusal(operation, caller);
  if (refusal) return problemResponse(refusal);
  const input = await readInput(operation, request, params);
  if ("problem" in input) return problemResponse(input.problem);
  const context = {
    deps,
    caller,
    request,
    ...input.values,
    idempotencyKey: rowKey(request, input),
  };
  const work = () => run(context as ApiContext<never, never, never>);
  const answering = async () => {
    if (input.key === null) return toResponse(await work());
    return answerKeyed(deps, { caller, request, key: input.key, hash: input.hash, work });
  };
  if (!operation.isLimited) return answering();
  const { workspaceId } = caller;
  const items = Array.isArray(input.values.body) ? input.values.body.length : 1;
  const left = await takeFromMinute(deps, { workspaceId, items, limit });
  return withLimit(await answering(), left);
}

function unauthenticated(code: string): Problem {
  const detail =
    code === "cross_origin"
      ? "A browser may write only from this product's own pages; send an API key instead"
      : "Send `Authorization: Bearer <API key>`, or sign in";
  return { status: 401, code, detail, headers: { "www-authenticate": "Bearer" } };
}

function findRefusal(operation: Operation, caller: Caller): Problem | null {
  if (!hasRole(caller.role, operation.role)) {
    return { status: 403, code: "forbidden", detail: `This needs the role ${operation.role}` };
  }
  if (caller.scopes && !caller.scopes.includes(operation.scope)) {
    return { status: 403, code: "scope_missing", detail: `This key lacks ${operation.scope}` };
  }
  return null;
}

type ReadInput =
  | { problem: Problem }
  | { values: Record<"params" | "query" | "body", unknown>; key: string | null; hash: string };

async function readInput(
  operation: Operation,
  request: Request,
  rawParams: Record<string, unknown>,
): Promise<ReadInput> {
  const params = operation.params ? parseInput(operation.params, rawParams) : null;
  if (params && !params.ok) return { problem: notFound() };
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const query = operation.query ? parseInput(operation.query, search) : null;
  if (query && !query.ok) return { problem: invalid(query.errors) };
  const key = operation.isIdempotent ? request.headers.get("idempotency-key") : null;
  if (key !== null && !KEY.test(key)) {
    const message = "1 to 255 visible ASCII characters";
    return { problem: invalid([{ path: "Idempotency-Key", message }]) };
  }
  const body = await readOperationBody(operation, request);
  if ("problem" in body) return body;
  return {
    values: { params: params?.data, query: query?.data, body: body.value },
    key,
    hash: body.hash,
  };
}

type ReadOperationBody = { problem: Problem } | { value: unknown; hash: string };

async function readOperationBody(
  operation: Operation,
  request: Request,
): Promise<ReadOperationBody> {
  if (!operation.body && !operation.upload) return { value: undefined, hash: sha256("") };
  const maxBytes = operation.maxBytes ?? MEGABYTE;
  const bytes = await readBody(request, maxBytes);
  if (bytes === null) {
    const detail = `The body is larger than ${maxBytes} bytes`;
    return { problem: { status: 413, code: "too_large", detail } };
  }
  if (operation.upload) return { value: bytes, hash: sha256(withoutBoundary(request, bytes)) };
  const raw = parseJson(bytes);
  if (raw === undefined) {
    const detail = "The body is not JSON in UTF-8";
    return { problem: { status: 400, code: "invalid_json", detail } };
  }
  const parsed = operation.body ? parseInput(operation.body, raw) : null;
  if (parsed && !parsed.ok) return { problem: invalid(parsed.errors) };
  return { value: parsed?.data, hash: sha256(canonicalJson(raw)) };
}

/** A client that sends the same file again draws another boundary, which is no part of what it says. */
function withoutBoundary(request: Request, bytes: Buffer): string | Buffer {
  const contentType = request.headers.get("content-type") ?? "";
  const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
  return boundary ? bytes.toString("latin1").replaceAll(boundary, "") : bytes;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * A first request that died after its commit left a row with this key, which its repetition finds.
 * The payload is part of it, since rows live longer than the 24 h after which a key is free again.
 */
function rowKey(request: Request, { key, hash }: { key: string | null; hash: string }) {
  if (key === null) return null;
  return `api:${sha256(`${routeOf(request)}\n${key}\n${hash}`)}`;
}

function routeOf({ method, url }: Request) {
  return `${method} ${new URL(url).pathname}`;
}

type Keyed = {
  caller: Caller;
  request: Request;
  key: string;
  hash: string;
  work: () => Promise<ApiAnswer<unknown>>;
};

async function answerKeyed(deps: Deps, keyed: Keyed): Promise<Response> {
  const route = routeOf(keyed.request);
  const outcome = await answerOnce(deps, {
    name: { workspaceId: keyed.caller.workspaceId, route, key: keyed.key },
    payloadHash: keyed.hash,
    run: keyed.work,
    keep: toKept,
  });
  switch (outcome.kind) {
    case "first":
      return toResponse(outcome.answer);
    case "replayed":
      return replay(outcome.kept);
    case "reused":
      return problemResponse({
        status: 409,
        code: "idempotency_key_reused",
        detail: "This Idempotency-Key was used with another payload: take a new one",
      });
    case "in_progress":
      return problemResponse({
        status: 409,
        code: "idempotency_in_progress",
        detail: "The first request with this Idempotency-Key is still running: ask again",
        headers: { "retry-after": "1" },
      });
    default:
      return outcome satisfies never;
  }
}

/** Answers that may be different in a moment are not kept. */
const PASSING = [401, 403, 429, 500, 503];

function toKept(given: ApiAnswer<unknown>): KeptAnswer | null {
  if ("response" in given) return null;
  if (!("problem" in given)) return { status: given.status, body: given.body ?? null };
  const { problem } = given;
  return PASSING.includes(problem.status) ? null : { status: problem.status, body: { problem } };
}

function replay({ status, body }: KeptAnswer): Response {
  const response =
    status >= 400
      ? problemResponse((body as { problem: Problem }).problem)
      : toResponse({ status: status as 200, body });
  response.headers.set("idempotency-replayed", "true");
  return response;
}

function toResponse(given: ApiAnswer<unknown>): Response {
  if ("response" in given) return given.response;
  if ("problem" in given) return problemResponse(given.problem);
  const headers = { "cache-control": "no-store", ...given.headers };
  if (given.status === 204) return new Response(null, { status: 204, headers });
  return Response.json(given.body, { status: given.status, headers });
}

function answerException(deps: Deps, request: Request, error: unknown): Response {
  if (error instanceof OverLimit) return overLimit(error);
  if (isDatabaseGone(error)) return problemResponse(unavailable());
  const { pathname } = new URL(request.url);
  deps.log.error({ method: request.method, path: pathname, error }, "[API] failed");
  const detail = "Something went wrong on our side; it has been logged";
  return problemResponse({ status: 500, code: "internal_error", detail });
}

export function unavailable(): Problem {
  return {
    status: 503,
    code: "database_unavailable",
    detail: "The database cannot be reached just now: ask again in a moment",
    headers: { "retry-after": "2" },
  };
}

export function notFound(): Problem {
  return { status: 404, code: "not_found", detail: "There is nothing here that you may see" };
}

export function invalid(errors: Problem["errors"], code = "validation_failed"): Problem {
  return { status: 422, code, detail: errors?.[0]?.message ?? "Not valid", errors };
}

function sha256(data: string | Buffer) {
  return createHash("sha256").update(data).digest("hex");
}
