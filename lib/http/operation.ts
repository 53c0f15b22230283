import type { z } from "zod";
import type { ApiScope, Role } from "../domain/words";

type Shape = z.ZodObject | undefined;

/**
 * One method of one path of the public API. The route validates with it and the OpenAPI document is
 * generated from it, so the two cannot disagree.
 */
export type Operation<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  R extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with OpenAPI's braces: `/messages/{id}`. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** The weakest role that may call it. */
  role: Role;
  /** What an API key narrowed to scopes needs. */
  scope: ApiScope;
  /** Of the path. A value that does not fit is "not found". */
  params?: P;
  query?: Q;
  /** JSON, or `upload: true` for multipart. */
  body?: B;
  upload?: boolean;
  /** The answer when all goes well; no schema: no body, or bytes of `contentType`. */
  response: {
    status: 200 | 201 | 202 | 204;
    description: string;
    schema?: R;
    contentType?: string;
  };
  /** Codes that its answers can carry besides those of every operation. */
  refusals?: readonly { status: number; code: string }[];
  /** Takes `Idempotency-Key`. */
  isIdempotent?: boolean;
  /** Counts against the limits of the API, each item of a batch as one. */
  isLimited?: boolean;
  /** Bytes of the body at most; default 1 MB. */
  maxBytes?: number;
};

/** Keeps the schemas' types. */
export function defineOperation<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(operation: Operation<P, Q, B, R>): Operation<P, Q, B, R> {
  return operation;
}
