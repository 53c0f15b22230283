import { type DestinationStream, pino } from "pino";
import pretty from "pino-pretty";
import type { Log } from "../ports/log";
import { describeError } from "./describe-error";
import { hideSecrets } from "./hide-secrets";

type Options = {
  level: "debug" | "info" | "warn" | "error" | "silent";
  /** One coloured line for people instead of one JSON object for machines. */
  isPretty: boolean;
  /** Where lines go; stdout when absent. */
  destination?: DestinationStream;
};

/** Structured lines on stdout. Values under secret names are replaced, one level down too. */
export function createLog({ level, isPretty, destination }: Options): Log {
  const options = {
    level,
    base: undefined,
    serializers: { err: describeError, error: describeError },
    formatters: { level: (label: string) => ({ level: label }), log: hideSecrets },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  const stream =
    destination ??
    (isPretty ? pretty({ translateTime: "HH:MM:ss", sync: true }) : pino.destination(GATHERED));
  return pino(options, stream);
}

/**
 * Lines leave together, after 50 ms at the latest and at the process's end: a system call a line is
 * an eighth of what a message costs.
 */
const GATHERED = { fd: 1, sync: false, minLength: 16_000, periodicFlush: 50 };
