import type { MinuteLeft, OverLimit } from "../operations/api-limits";
import { problemResponse } from "./problem";

/** The answer with what is left of the workspace's minute; null: there is no limit. */
export function withLimit(response: Response, left: MinuteLeft | null): Response {
  if (left === null) return response;
  response.headers.set("ratelimit-limit", String(left.limit));
  response.headers.set("ratelimit-remaining", String(left.remaining));
  response.headers.set("ratelimit-reset", String(left.resetSeconds));
  return response;
}

/** 429, with the seconds after which there is room again. */
export function overLimit({ exceeded }: OverLimit): Response {
  const { window, limit, retryAfter } = exceeded;
  const whose = window === "minute" ? "in this workspace" : "for one recipient";
  const response = problemResponse({
    status: 429,
    code: "rate_limited",
    detail: `At most ${limit} ${whose} in a ${window}: nothing was stored, ask again in ${retryAfter} s`,
    headers: { "retry-after": String(retryAfter) },
  });
  return withLimit(response, { limit, remaining: 0, resetSeconds: retryAfter });
}
