import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Log } from "../ports/log";
import { createFastLane, MAX_WEBHOOK_BYTES, type RawDoor } from "./fast-lane";
import type { RawRequest } from "./raw";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(door: RawDoor) {
  const lane = createFastLane({ "/hook": door }, silent);
  server = createServer((request, response) => {
    if (!lane(request, response)) response.writeHead(404).end("next");
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ok: RawDoor = async () => ({ status: 200, headers: {}, body: "done" });

describe("fast lane", () => {
  it("hands the door the request as it came, with its raw body and query", async () => {
    const seen: RawRequest[] = [];
    const origin = await listen(async (request) => {
      seen.push(request);
      return { status: 202, headers: { "content-type": "text/xml" }, body: "<é/>" };
    });
    const response = await fetch(`${origin}/hook?a=%20b&c`, {
      method: "POST",
      body: "x=%C3%A9+1",
      headers: { "x-twilio-signature": "abc" },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get("content-type")).toBe("text/xml");
    expect(await response.text()).toBe("<é/>");
    expect(seen[0]).toMatchObject({ method: "POST", url: "/hook?a=%20b&c" });
    expect(seen[0]?.headers["x-twilio-signature"]).toBe("abc");
    expect(seen[0]?.body.toString()).toBe("x=%C3%A9+1");
    expect(seen[0]?.remoteAddress).toBe("127.0.0.1");
  });

  it("says neither body nor length with a 204", async () => {
    const origin = await listen(async () => ({ status: 204, headers: {}, body: "" }));
    const response = await fetch(`${origin}/hook`, { method: "POST" });
    expect([response.status, response.headers.get("content-length")]).toEqual([204, null]);
  });

  it("leaves other methods and paths to Next", async () => {
    const origin = await listen(ok);
    expect((await fetch(`${origin}/hook`)).status).toBe(404);
    expect((await fetch(`${origin}/hook/other`, { method: "POST" })).status).toBe(404);
  });

  it("answers 413 to a body over 1 MB without asking the door", async () => {
    let asked = 0;
    const origin = await listen(async () => {
      asked += 1;
      return { status: 200, headers: {}, body: "" };
    });
    const fits = Buffer.alloc(MAX_WEBHOOK_BYTES);
    expect((await fetch(`${origin}/hook`, { method: "POST", body: fits })).status).toBe(200);
    const over = Buffer.alloc(MAX_WEBHOOK_BYTES + 1);
    expect((await fetch(`${origin}/hook`, { method: "POST", body: over })).status).toBe(413);
    expect(asked).toBe(1);
  });

  it("does not read a body that claims to be huge", async () => {
    const origin = new URL(await listen(ok));
    const socket = connect(Number(origin.port), origin.hostname);
    socket.write("POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 999999999999\r\n\r\n");
    const answer = await new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(data.toString())),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it("says 503 when the database is gone, 500 otherwise, and never why", async () => {
    const gone = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1"), {
      code: "ECONNREFUSED",
    });
    const failures = [gone, new Error("secret detail")];
    const origin = await listen(async () => {
      throw failures.shift();
    });
    const first = await fetch(`${origin}/hook`, { method: "POST" });
    expect(first.status).toBe(503);
    expect(first.headers.get("retry-after")).toBe("5");
    const second = await fetch(`${origin}/hook`, { method: "POST" });
    expect(second.status).toBe(500);
    expect(await second.text()).toBe("Internal error");
  });
});
