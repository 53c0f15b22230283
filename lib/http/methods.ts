import type { RouteHandler } from "./api";
import { problemResponse } from "./problem";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** The handlers of a path; methods without one answer 405 and name those that there are. */
export function methods(handlers: Partial<Record<Method, RouteHandler>>) {
  const allow = METHODS.filter((method) => handlers[method]).join(", ");
  const refuse: RouteHandler = async () =>
    problemResponse({
      status: 405,
      code: "method_not_allowed",
      detail: `Use ${allow}`,
      headers: { allow },
    });
  return {
    GET: handlers.GET ?? refuse,
    POST: handlers.POST ?? refuse,
    PUT: handlers.PUT ?? refuse,
    PATCH: handlers.PATCH ?? refuse,
    DELETE: handlers.DELETE ?? refuse,
  };
}
