import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
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
