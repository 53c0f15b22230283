import { isDatabaseGone } from "@/db/is-database-gone";
import { personOfMember } from "@/db/queries/recipients";
import { callerFromRequest } from "@/lib/auth/caller";
import { hasRole } from "@/lib/domain/words";
import { type EventStream, encodeEvent, openEventStream } from "@/lib/realtime/event-stream";
import type { HubClient } from "@/lib/realtime/hub";
import { getDeps, getHub } from "@/lib/runtime";

export const dynamic = "force-dynamic";

type Reader = HubClient["viewer"] & { readonly role: string };

/**
 * The live stream (`text/event-stream`) of those who are signed in, not for API keys: the inbox to agents,
 * to everybody their own bell.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const gate = await readerOf(request);
    if (!gate.ok) return refusal(gate.status, gate.code);
    return await openStream(request, gate.reader);
  } catch (error) {
    if (!isDatabaseGone(error)) throw error;
    return refusal(503, "unavailable");
  }
}

async function openStream(request: Request, reader: Reader): Promise<Response> {
  const hub = getHub();
  const stream = openEventStream(() => hub.disconnect(client));
  const client = clientOf(request, reader, stream);
  await hub.connect(client);
  if (request.signal.aborted) stream.close();
  request.signal.addEventListener("abort", () => stream.close());
  if (request.headers.has("last-event-id")) stream.send(encodeEvent({ type: "resync" }));
  return new Response(stream.body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function clientOf(request: Request, reader: Reader, stream: EventStream): HubClient {
  return {
    viewer: reader,
    send: stream.send,
    close: stream.close,
    async isStillAllowed() {
      const now = await readerOf(request);
      return now.ok && rightsOf(now.reader) === rightsOf(reader);
    },
  };
}

type Gate = { ok: true; reader: Reader } | { ok: false; status: 401 | 403; code: string };

async function readerOf(request: Request): Promise<Gate> {
  const deps = getDeps();
  const result = await callerFromRequest(deps, { headers: request.headers, method: "GET" });
  if (!result.ok) return result;
  const { workspaceId, integrations, actor, role } = result.caller;
  const userId = actor.kind === "user" ? actor.userId : null;
  const personId = userId && (await personOfMember(deps.db, { workspaceId, userId }));
  if (userId === null || !personId) return { ok: false, status: 403, code: "forbidden" };
  const readsInbox = hasRole(role, "agent");
  return { ok: true, reader: { workspaceId, integrations, userId, personId, readsInbox, role } };
}

function rightsOf(reader: Reader): string {
  const { integrations } = reader;
  const numbers = integrations === "all" ? "all" : [...integrations].sort().join();
  return [reader.userId, reader.workspaceId, reader.role, numbers].join("|");
}

function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "cache-control": "no-store" } });
}
