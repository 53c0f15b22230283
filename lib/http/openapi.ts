import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { Operation } from "./operation";

const problem = z
  .object({
    type: z.string().meta({ example: "urn:carillon:problem:validation_failed" }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: "Machine word, stable" }),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .meta({ description: "The same key and payload within 24 h give the first answer again" });

type Options = { operations: readonly Operation[]; origin: string; version: string };

/** OpenAPI 3.1 of the public API, generated from the schemas that the routes validate with. */
export function openApiDocument({ operations, origin, version }: Options) {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Carillon",
      version,
      description:
        "SMS and WhatsApp: send, read and answer. Errors are `application/problem+json`; lists are `{ data, nextCursor }`; times are ISO 8601 UTC.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [...new Set(operations.map((operation) => operation.tag))].map((name) => ({ name })),
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: origin.startsWith("https:")
            ? "__Secure-next-auth.session-token"
            : "next-auth.session-token",
          description: "A signed-in browser, on this product's own pages",
        },
      },
    },
  });
}

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: describeOperation(operation) };
  }
  return paths;
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { params, query, isIdempotent } = operation;
  return {
    operationId: operationId(operation),
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description, `Role: ${operation.role}. Scope: ${operation.scope}.`]
      .filter(Boolean)
      .join("\n\n"),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(isIdempotent && { header: z.object({ "Idempotency-Key": idempotencyKey }) }),
    },
    ...bodyOf(operation),
    responses: responsesOf(operation),
  };
}

function operationId({ method, path }: Operation) {
  const parts = path.split("/").filter((part) => part && !part.startsWith("{"));
  const isOne = path.endsWith("}");
  return [method.toLowerCase(), ...parts, ...(isOne ? ["one"] : [])].join("-");
}

function bodyOf(operation: Operation): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (operation.upload) {
    const file = { type: "string" as const, format: "binary" };
    const schema = { type: "object" as const, required: ["file"], properties: { file } };
    return { requestBody: { required: true, content: { "multipart/form-data": { schema } } } };
  }
  if (!operation.body) return {};
  return {
    requestBody: { required: true, content: { "application/json": { schema: operation.body } } },
  };
}

function responsesOf(operation: Operation): ZodOpenApiResponsesObject {
  const { status, description, schema, contentType } = operation.response;
  const content = schema
    ? { content: { "application/json": { schema } } }
    : contentType
      ? { content: { [contentType]: { schema: { type: "string" as const, format: "binary" } } } }
      : {};
  const responses: ZodOpenApiResponsesObject = {
    [`${status}` as "200"]: { description, ...content },
  };
  for (const [code, words] of refusalsOf(operation)) {
    responses[`${code}` as "400"] = {
      description: [...new Set(words)].map((word) => `\`${word}\``).join(", "),
      content: { "application/problem+json": { schema: problem } },
    };
  }
  return responses;
}

/** Status → codes: those of every operation, of what it takes, and its own. */
export function refusalsOf(operation: Operation): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const add = (status: number, code: string) =>
    found.set(status, [...(found.get(status) ?? []), code]);
  if (operation.body) add(400, "invalid_json");
  if (operation.isLimited) add(429, "rate_limited");
  add(401, "unauthenticated");
  add(401, "invalid_api_key");
  add(403, "forbidden");
  add(403, "scope_missing");
  if (operation.params) add(404, "not_found");
  if (operation.isIdempotent) {
    add(409, "idempotency_key_reused");
    add(409, "idempotency_in_progress");
  }
  if (operation.body || operation.upload) add(413, "too_large");
  if (operation.body || operation.query || operation.upload) add(422, "validation_failed");
  for (const { status, code } of operation.refusals ?? []) add(status, code);
  add(500, "internal_error");
  add(503, "database_unavailable");
  return new Map([...found].sort(([a], [b]) => a - b));
}
