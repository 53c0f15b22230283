import type { z } from "zod";
import { isDatabaseGone } from "@/db/is-database-gone";
import { faultsOf } from "@/lib/auth/action";
import { findViewer, type Viewer } from "@/lib/auth/viewer";
import { hasRole, type Role } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

type Read<S extends z.ZodType> = (viewer: Viewer, query: z.output<S>) => Promise<unknown>;
type Gate<S extends z.ZodType> = { role: Role; query: S };

/** A GET route of the inbox's screens: for agents. */
export function inboxRead<S extends z.ZodType>(query: S, read: Read<S>) {
  return screenRead({ role: "agent", query }, read);
}

/**
 * Makes a GET route of the screens: session, role and query are checked, then `read` answers with data,
 * or null for what is not there or not to be seen. Plain routes and not server actions, which Next
 * runs one after another.
 */
export function screenRead<S extends z.ZodType>(gate: Gate<S>, read: Read<S>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await answer(request, gate, read);
    } catch (error) {
      const status = isDatabaseGone(error) ? 503 : 500;
      if (status === 500) getDeps().log.error({ error }, "A screen's read failed");
      return refusal(status, status === 503 ? "unavailable" : "unexpected");
    }
  };
}

async function answer<S extends z.ZodType>(
  request: Request,
  { role, query }: Gate<S>,
  read: Read<S>,
): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) return refusal(401, "signed_out");
  if (!hasRole(viewer.role, role)) return refusal(403, "forbidden");
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = query.safeParse(params);
  if (!parsed.success) return refusal(422, "invalid", { errors: faultsOf(parsed.error) });
  const data = await read(viewer, parsed.data);
  if (data === null) return refusal(404, "not_found");
  return Response.json(data, { headers: NO_STORE });
}

const NO_STORE = { "cache-control": "no-store" };

function refusal(status: number, code: string, more: object = {}): Response {
  return Response.json({ status, code, ...more }, { status, headers: NO_STORE });
}
