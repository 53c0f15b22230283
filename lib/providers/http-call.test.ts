import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";
import { afterEach, expect, test } from "vitest";
import { callForText } from "./http-call";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function poolOf(listener: RequestListener, connections = 1): Promise<Pool> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  ends.push(() => pool.destroy());
  return pool;
}

const within = (timeoutMs: number, maxBytes = 1000) => ({ timeoutMs, maxBytes });
const create = { method: "POST", path: "/create", body: "a=1" } as const;

test("an answer in pieces is whole, a letter cut in two included", async () => {
  const letter = Buffer.from("é");
  const pool = await poolOf((_, response) => {
    response.writeHead(201, { "retry-after": "3" });
    response.write(letter.subarray(0, 1), () => response.end(letter.subarray(1)));
  });
  const answer = await callForText(pool, create, within(5000));
  expect(answer).toMatchObject({ statusCode: 201, body: "é", headers: { "retry-after": "3" } });
});

test("an answer that does not come ends as ETIMEDOUT, and the connection with it", async () => {
  const closed: Promise<void>[] = [];
  const pool = await poolOf((request) => {
    closed.push(new Promise((resolve) => request.socket.once("close", () => resolve())));
  });
  await expect(callForText(pool, create, within(50))).rejects.toMatchObject({ code: "ETIMEDOUT" });
  await Promise.all(closed);
});

test("a request that waited too long for a connection never leaves", async () => {
  const seen: string[] = [];
  let release = () => undefined as unknown;
  let hasArrived = () => undefined as unknown;
  const arrival = new Promise<void>((resolve) => {
    hasArrived = resolve;
  });
  const pool = await poolOf((request, response) => {
    seen.push(request.url ?? "");
    if (request.url !== "/first") return response.end();
    release = () => response.end();
    hasArrived();
  });
  const first = callForText(pool, { method: "POST", path: "/first" }, within(20_000));
  await arrival;
  await expect(callForText(pool, create, within(50))).rejects.toMatchObject({ code: "ETIMEDOUT" });
  release();
  await first;
  await callForText(pool, { method: "POST", path: "/last" }, within(20_000));
  expect(seen).toEqual(["/first", "/last"]);
});

test("a connection that is cut says so", async () => {
  const pool = await poolOf((request) => void request.socket.destroy());
  await expect(callForText(pool, create, within(5000))).rejects.toMatchObject({
    code: "UND_ERR_SOCKET",
  });
});

test("an answer without end is given up at the most that is read, and the connection with it", async () => {
  const closed: Promise<void>[] = [];
  const pool = await poolOf((request, response) => {
    closed.push(new Promise((resolve) => request.socket.once("close", () => resolve())));
    const more = () => {
      while (response.write("x".repeat(1000)));
    };
    response.on("drain", more);
    more();
  });
  const call = callForText(pool, create, within(20_000, 5000));
  await expect(call).rejects.toThrow("the answer is over 5000 bytes");
  await Promise.all(closed);
});
