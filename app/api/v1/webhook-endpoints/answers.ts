import type { z } from "zod";
import type { ShownEndpoint } from "@/db/queries/webhooks";
import { invalid } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { webhookEndpoint } from "./schema";

export function toEndpoint(row: ShownEndpoint): z.input<typeof webhookEndpoint> {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    isActive: row.isActive,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledReason: row.disabledReason,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: row.previousUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** @param message what is wrong with it, such as "leads into a private network" */
export function urlProblem({ message }: { message: string }): Problem {
  return invalid([{ path: "url", message: `The address ${message}` }], "url_refused");
}
