import { createServer, type Server } from "node:http";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { POST as postEvents } from "../../app/api/v1/events/route";
import { notifications } from "../../db/schema";
import { createApiLane } from "../../lib/http/api-lane";
import { createClient, installRuntime } from "../support/api";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { close, listen, originOf } from "../support/engine";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

/** What systems post to most is answered without Next: the same handler, over real HTTP. */
const database = openTestDatabase();
const PATH = "/api/v1/events";
const ORIGIN = "https://carillon.test";
const EVENT = {
  type: "ticket.called",
  recipient: { phone: "+33612345678" },
  data: { ticket_number: "A-1" },
};

let deps: TestDeps;
let workspace: TestWorkspace;
let headers: Record<string, string>;
let server: Server;
let origin: string;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  const { authorization } = await createClient(deps, workspace.workspaceId);
  headers = { authorization, "content-type": "application/json" };
  const lane = createApiLane({ [PATH]: postEvents }, { origin: ORIGIN, log: deps.log });
  server = createServer((request, response) => {
    response.setHeader("x-frame-options", "DENY");
    if (lane(request, response) === null) response.writeHead(418).end();
  });
  await listen(server, 0);
  origin = originOf(server);
});

afterEach(() => close(server));

type Sent = Omit<RequestInit, "body"> & { body?: BodyInit; duplex?: "half" };

function post(body: BodyInit, init: Sent = {}) {
  return fetch(`${origin}${PATH}`, { method: "POST", headers, body, ...init });
}

/** The same by the handler alone, as Next calls it. */
function direct(body: BodyInit) {
  const request = new Request(`${ORIGIN}${PATH}`, { method: "POST", headers, body });
  return postEvents(request, { params: Promise.resolve({}) });
}

function stored() {
  return deps.db.$count(notifications, eq(notifications.workspaceId, workspace.workspaceId));
}

describe("the lane of the API", () => {
  it("answers what the handler answers, with its headers beside those of the server", async () => {
    const [one, other] = [await post(JSON.stringify(EVENT)), await direct(JSON.stringify(EVENT))];
    expect(one.status).toBe(202);
    expect(one.status).toBe(other.status);
    expect([...one.headers.keys()]).toEqual(
      expect.arrayContaining([...other.headers.keys(), "x-frame-options"]),
    );
    const { data } = await one.json();
    expect(Object.keys(data[0])).toEqual(Object.keys((await other.json()).data[0]));
    expect(await stored()).toBe(2);
  });

  it.each([
    ["no JSON", "{", 400],
    ["no event", "{}", 422],
    ["too much", JSON.stringify({ ...EVENT, data: { note: "x".repeat(1_000_001) } }), 413],
  ])("refuses as the handler does: %s", async (_, body, status) => {
    const [one, other] = [await post(body), await direct(body)];
    expect(one.status).toBe(status);
    expect(one.headers.get("content-type")).toBe("application/problem+json");
    expect(await one.json()).toEqual(await other.json());
    expect(await stored()).toBe(0);
  });

  it("asks who calls", async () => {
    expect((await post(JSON.stringify(EVENT), { headers: {} })).status).toBe(401);
  });

  it("reads a body that does not say how long it is, and one in many pieces", async () => {
    const events = Array.from({ length: 100 }, (_, n) => {
      return { ...EVENT, data: { ticket_number: `B-${n}`, note: "é".repeat(900) } };
    });
    const bytes = new TextEncoder().encode(JSON.stringify(events));
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 999) {
          controller.enqueue(bytes.slice(at, at + 999));
        }
        controller.close();
      },
    });
    const answer = await post(pieces, { duplex: "half" });
    expect(answer.status).toBe(202);
    expect((await answer.json()).data).toHaveLength(100);
  });

  it("leaves other paths and methods to Next", async () => {
    expect((await fetch(`${origin}${PATH}`)).status).toBe(418);
    expect((await fetch(`${origin}${PATH}/x`, { method: "POST" })).status).toBe(418);
  });

  it("goes on after a caller who went away in the middle", async () => {
    const gone = new AbortController();
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode("[")),
      pull: () => gone.abort(),
    });
    const broken = post(endless, { duplex: "half", signal: gone.signal });
    await expect(broken).rejects.toThrow();
    expect((await post(JSON.stringify(EVENT))).status).toBe(202);
  });
});
