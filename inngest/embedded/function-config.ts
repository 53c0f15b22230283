import { z } from "zod";
import { parseKeyPath, parseMatch } from "./expressions";
import { parseCron } from "./schedule";

/**
 * The part of Inngest's function configuration that this engine carries out. Everything is strict:
 * a key that is not here is a feature we do not have, and is refused by name at start-up.
 */
const concurrencySchema = z.strictObject({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.literal("fn").optional(),
});

const triggerSchema = z.union([
  z.strictObject({ event: z.string().min(1), expression: z.string().optional() }),
  z.strictObject({ cron: z.string().min(1) }),
]);

const functionSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(triggerSchema).min(1),
  steps: z.strictObject({
    step: z.strictObject({
      id: z.literal("step"),
      name: z.string(),
      runtime: z.looseObject({ type: z.literal("http"), url: z.url() }),
      retries: z.strictObject({ attempts: z.number().int().min(0).max(20) }).optional(),
    }),
  }),
  concurrency: z
    .union([z.number().int().min(0), concurrencySchema, z.array(concurrencySchema).max(2)])
    .optional(),
});

const answerSchema = z.looseObject({ functions: z.array(z.looseObject({ id: z.string() })) });

/** The server's default when a function names no number of retries. */
const DEFAULT_RETRIES = 4;

export type Trigger =
  | { kind: "event"; event: string; matches: (event: unknown) => boolean }
  | { kind: "cron"; cron: string };

export type EngineFunction = {
  id: string;
  triggers: Trigger[];
  /** First call included. */
  maxAttempts: number;
  limits: { limit: number; keyOf: (event: unknown) => string }[];
  isFailureHandler: boolean;
};

export type ParsedFunctions =
  | { ok: true; functions: EngineFunction[] }
  /** Each refusal names the function and what this engine cannot do. */
  | { ok: false; refusals: string[] };

/** Reads the app's in-band answer. Refuses, by name, whatever the engine does not implement. */
export function parseFunctions(answer: unknown): ParsedFunctions {
  const list = answerSchema.safeParse(answer);
  if (!list.success) return { ok: false, refusals: ["the app's answer holds no function list"] };
  const functions: EngineFunction[] = [];
  const refusals: string[] = [];
  for (const raw of list.data.functions) {
    const parsed = parseFunction(raw);
    if (typeof parsed === "string") refusals.push(`${raw.id}: ${parsed}`);
    else functions.push(parsed);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, functions };
}

function parseFunction(raw: unknown): EngineFunction | string {
  const config = functionSchema.safeParse(raw);
  if (!config.success) return describeIssues(config.error);
  const triggers: Trigger[] = [];
  for (const trigger of config.data.triggers) {
    if ("cron" in trigger) {
      if (!parseCron(trigger.cron)) return `"${trigger.cron}" is not a cron expression`;
      triggers.push({ kind: "cron", cron: trigger.cron });
      continue;
    }
    const matches = trigger.expression === undefined ? () => true : parseMatch(trigger.expression);
    if (!matches) return `the filter "${trigger.expression}" is not one this engine can read`;
    triggers.push({ kind: "event", event: trigger.event, matches });
  }
  const limits = parseLimits(config.data.concurrency);
  if (typeof limits === "string") return limits;
  return {
    id: config.data.id,
    triggers,
    maxAttempts: (config.data.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    limits,
    isFailureHandler: triggers.some(
      (trigger) => trigger.kind === "event" && trigger.event === "inngest/function.failed",
    ),
  };
}

function parseLimits(
  concurrency: z.infer<typeof functionSchema>["concurrency"],
): EngineFunction["limits"] | string {
  if (concurrency === undefined) return [];
  const options = typeof concurrency === "number" ? [{ limit: concurrency }] : [concurrency].flat();
  const limits: EngineFunction["limits"] = [];
  for (const option of options) {
    const key = "key" in option ? option.key : undefined;
    const keyOf = key === undefined ? () => "" : parseKeyPath(key);
    if (!keyOf) return `the concurrency key "${key}" is not one this engine can read`;
    // 0 means "no limit" to the real server.
    if (option.limit > 0) limits.push({ limit: option.limit, keyOf });
  }
  return limits;
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .map((issue) =>
      issue.code === "unrecognized_keys"
        ? `${[...issue.path, issue.keys.join(", ")].join(".")} is not implemented by the embedded engine`
        : `${issue.path.join(".")}: ${issue.message}`,
    )
    .join("; ");
}
