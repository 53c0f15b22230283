import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { isDatabaseGone } from "../../db/is-database-gone";
import { hasRole, type Role } from "../domain/words";
import { getDeps } from "../runtime";
import { findViewer, type Viewer } from "./viewer";

export type FieldFault = { path: string; message: string };

/** What every server action answers: data, or a machine word with what to say about it. */
export type ActionResult<T> =
  | { ok: true; data: T }
  | { ok: false; code: string; message?: string; errors?: FieldFault[]; data?: unknown };

type Gate<S extends z.ZodType> = { role: Role; input: S };

/**
 * Makes a server action: session, role and input are checked before `run`. Codes of its own:
 * `signed_out`, `forbidden`, `invalid` (with `errors` by field), `unavailable` (database gone),
 * `unexpected` (logged).
 */
export function viewerAction<S extends z.ZodType, T>(
  gate: Gate<S>,
  run: (viewer: Viewer, input: z.output<S>) => Promise<ActionResult<T>>,
) {
  return async (input: z.input<S>): Promise<ActionResult<T>> => {
    try {
      const viewer = await findViewer();
      if (!viewer) return { ok: false, code: "signed_out" };
      if (!hasRole(viewer.role, gate.role)) return { ok: false, code: "forbidden" };
      const parsed = gate.input.safeParse(input);
      if (!parsed.success) return { ok: false, code: "invalid", errors: faultsOf(parsed.error) };
      return await run(viewer, parsed.data);
    } catch (error) {
      unstable_rethrow(error);
      return toFailure(error);
    }
  };
}

/** The same without a session: for the pages by which people come in. */
export function publicAction<S extends z.ZodType, T>(
  input: S,
  run: (input: z.output<S>) => Promise<ActionResult<T>>,
) {
  return async (given: z.input<S>): Promise<ActionResult<T>> => {
    try {
      const parsed = input.safeParse(given);
      if (!parsed.success) return { ok: false, code: "invalid", errors: faultsOf(parsed.error) };
      return await run(parsed.data);
    } catch (error) {
      unstable_rethrow(error);
      return toFailure(error);
    }
  };
}

export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

/** An exception is a surprise: logged, and told to the screen as one word. */
export function toFailure(error: unknown): { ok: false; code: string } {
  if (isDatabaseGone(error)) return { ok: false, code: "unavailable" };
  getDeps().log.error({ error }, "A server action failed");
  return { ok: false, code: "unexpected" };
}
