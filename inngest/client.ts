import { Inngest } from "inngest";
import type { Log } from "../lib/ports/log";

/**
 * The client of whichever Inngest the environment names: embedded engine, dev server, self-hosted or
 * cloud. It reads INNGEST_* when it is made, so the launcher makes it after setting them.
 *
 * Checkpointing is off: the embedded engine has none, and our steps are few.
 */
export function createInngest(log: Log) {
  return new Inngest({
    id: "carillon",
    checkpointing: false,
    aiMetadata: false,
    sessionPropagation: false,
    logger: {
      debug: forward(log.debug.bind(log)),
      info: forward(log.info.bind(log)),
      warn: forward(log.warn.bind(log)),
      error: forward(log.error.bind(log)),
    },
  });
}

export type InngestClient = ReturnType<typeof createInngest>;

/** The SDK logs as pino does, fields first, or a message alone. */
function forward(write: (fields: Record<string, unknown>, message: string) => void) {
  return (...parts: unknown[]) => {
    const [first, second] = parts;
    if (typeof first === "string") write({}, `[INNGEST] ${first}`);
    else write(fieldsOf(first), `[INNGEST] ${typeof second === "string" ? second : ""}`);
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value instanceof Error) return { error: value.message };
  if (typeof value !== "object" || value === null) return { value };
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, item instanceof Error ? item.message : item]),
  );
}
