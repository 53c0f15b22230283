import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { openDatabase } from "../../db/client";
import { isDatabaseGone } from "../../db/is-database-gone";
import { openTestDatabase } from "../support/database";
import { signal } from "../support/engine";

const database = openTestDatabase();
const END_MYSELF = sql`select pg_terminate_backend(pg_backend_pid())`;

/** An error that nobody handles ends the whole file, as it would end the app. */
async function expectLost(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isDatabaseGone(error)).toBe(true);
  expect(await database.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
}

test("a transaction that loses its connection fails alone", async () => {
  await expectLost(
    database.db.transaction(async (tx) => {
      await tx.execute(END_MYSELF);
    }),
  );
});

test("so does one inside another, and one that goes on as if nothing had happened", async () => {
  await expectLost(
    database.db.transaction((tx) =>
      tx.transaction(async (inner) => {
        await inner.execute(END_MYSELF);
      }),
    ),
  );
  const goOn = signal();
  const refused = signal<unknown>();
  const lost = database.db.transaction(async (tx) => {
    await tx.execute(END_MYSELF).catch(() => undefined);
    await goOn.promise;
    await tx.execute(sql`select 1`).catch(refused.resolve);
  });
  await expectLost(lost);
  goOn.resolve();
  expect(isDatabaseGone(await refused.promise)).toBe(true);
});

test("an error of the work's own still takes back what it did, and the connection is used again", async () => {
  const work = database.db.transaction(async (tx) => {
    await tx.execute(sql`create table half_done (id int)`);
    throw Object.assign(new Error("another server is away"), { code: "ECONNREFUSED" });
  });
  await expect(work).rejects.toThrow("another server is away");
  expect(await database.db.execute(sql`select to_regclass('half_done') as it`)).toEqual([
    { it: null },
  ]);
});

test("whatever was asked of connections that were reset is answered, and none stays broken", async () => {
  const proxy = await openProxy(new URL(database.url));
  const reset = openDatabase(proxy.url, { poolSize: 6, connectTimeout: 30 });
  let isOver = false;
  const counts = { answered: 0, lost: 0 };
  const ask = async (client: number) => {
    // Of both kinds: those that are written at once, and those that wait for the turn's end.
    for (let n = client; !isOver; n += 1) {
      const text = "x".repeat(n % 2 === 0 ? 10 : 2000);
      const outcome = await reset.sql`select ${text} as text from pg_sleep(0.001)`.then(
        (rows) => rows[0]?.text === text,
        (error: unknown) => !isDatabaseGone(error) && Promise.reject(error),
      );
      if (outcome) counts.answered += 1;
      else counts.lost += 1;
    }
  };
  const clients = Array.from({ length: 24 }, (_, client) => ask(client));
  for (let round = 1; round <= 15; round += 1) {
    const enough = counts.answered + 200;
    await expect.poll(() => counts.answered, { timeout: 60_000 }).toBeGreaterThan(enough);
    proxy.resetAll();
  }
  isOver = true;
  // One that is never answered lets this test run out of time.
  await Promise.all(clients);
  expect(counts.lost).toBeGreaterThan(0);
  await reset.close();
  proxy.close();
}, 120_000);

/** Between us and the server, so that connections can be broken as by a failing network. */
async function openProxy(target: URL) {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(client);
        client.destroy();
        upstream.destroy();
      });
    }
    open.add(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(target), { hostname: "127.0.0.1", port: String(port) }).toString(),
    resetAll: () => {
      for (const client of open) client.resetAndDestroy();
    },
    close: () => server.close(),
  };
}
