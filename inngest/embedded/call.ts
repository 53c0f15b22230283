import { z } from "zod";
import { canonicalJson } from "../../lib/domain/canonical-json";
import { parseRetryAfter } from "./retry-delay";
import { signBody } from "./signature";

/** Where the app answers and how calls to it are signed. */
export type AppAddress = {
  /** The whole URL of the serve handler, such as `http://127.0.0.1:3000/api/inngest`. */
  readonly url: string;
  readonly signingKey: string;
};

/** One call of a function; the names on the wire are Inngest's. */
export type Call = {
  readonly functionId: string;
  readonly runId: string;
  /** `step`, or the id of a planned step. */
  readonly stepId: string;
  readonly event: Record<string, unknown>;
  /** Memoized results by hashed step id, and the order in which they came. */
  readonly steps: Readonly<Record<string, unknown>>;
  readonly stack: readonly string[];
  /** Zero for the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** true for a planned step: the SDK then runs that step alone. */
  readonly isPlanned: boolean;
};

const operationSchema = z.looseObject({
  id: z.string(),
  op: z.string(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Operation = z.infer<typeof operationSchema>;

/** What a call came to. */
export type Answer =
  | { kind: "done"; data: unknown }
  | { kind: "operations"; operations: Operation[]; retryAfter: number | null }
  | { kind: "failed"; error: unknown }
  | { kind: "retry"; error: unknown; retryAfter: number | null }
  /** Nothing listens there: the function certainly did not run. */
  | { kind: "unreachable"; reason: string };

/** Calls the app over HTTP, signed. Never throws: what goes wrong is an answer. */
export async function callFunction(
  app: AppAddress,
  call: Call,
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(app.url);
  url.searchParams.set("fnId", call.functionId);
  url.searchParams.set("stepId", call.stepId);
  try {
    const response = await postSigned(app, url, bodyOf(call), "POST", signal, {
      "x-run-id": call.runId,
      "x-inngest-req-version": String(versionOf(call)),
    });
    return await readAnswer(response);
  } catch (error) {
    if (isRefused(error)) return { kind: "unreachable", reason: "connection refused" };
    return { kind: "retry", error: describeError(error), retryAfter: null };
  }
}

/** A signed request to the app's serve handler. Throws when there is no answer. */
export function postSigned(
  app: AppAddress,
  url: URL,
  body: unknown,
  method: "POST" | "PUT",
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method,
    signal,
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": signBody(body, app.signingKey, Date.now() / 1000),
      ...headers,
    },
    body: canonicalJson(body),
  });
}

/** -1 asks the SDK for the version it prefers; afterwards the run keeps to that one. */
function versionOf(call: Call) {
  return call.stack.length === 0 && call.attempt === 0 ? -1 : 2;
}

// No ctx.fn_id: its absence keeps the SDK from checkpointing, which this engine does not serve.
function bodyOf(call: Call) {
  return {
    version: versionOf(call),
    use_api: false,
    event: call.event,
    events: [call.event],
    steps: call.steps,
    ctx: {
      run_id: call.runId,
      step_id: call.stepId,
      env: "",
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: call.isPlanned,
      use_api: false,
      stack: { stack: [...call.stack], current: call.stack.length },
    },
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const retryAfter = parseRetryAfter(response.headers.get("retry-after"), Date.now());
  if (!response.headers.has("x-inngest-sdk")) {
    const error = { name: "Error", message: `an answer ${response.status} that is not the SDK's` };
    return { kind: "retry", error, retryAfter };
  }
  const body = parseJson(text);
  if (response.status === 200) return { kind: "done", data: body };
  if (response.status === 206) {
    const operations = z.array(operationSchema).safeParse(body);
    if (operations.success) {
      return { kind: "operations", operations: operations.data, retryAfter };
    }
    return { kind: "failed", error: { name: "Error", message: "a 206 without operations" } };
  }
  if (response.headers.get("x-inngest-no-retry") === "true") return { kind: "failed", error: body };
  return { kind: "retry", error: body, retryAfter };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (
    typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ECONNREFUSED"
  );
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return { name: error.name, message: `${error.message}${cause}` };
}
