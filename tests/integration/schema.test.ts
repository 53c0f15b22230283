import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { describe, expect, it } from "vitest";
import * as schema from "../../db/schema";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const META = "db/migrations/meta";

describe("schema", () => {
  it("is what the migrations make: `npm run db:generate` would write nothing", async () => {
    const [newest] = (await readdir(META))
      .filter((name) => name.endsWith("_snapshot.json"))
      .sort()
      .reverse();
    const migrated = JSON.parse(await readFile(join(META, newest ?? ""), "utf8"));
    const declared = generateDrizzleJson(schema, migrated.id, undefined, "snake_case");
    expect(await generateMigration(migrated, declared)).toEqual([]);
  });

  it("R402 keeps the credentials of two workspaces apart and sealed", async () => {
    const deps = testDeps(database);
    const one = await createWorkspace(deps);
    const two = await createWorkspace(deps);
    const rows = await deps.db.select().from(schema.accounts);
    const mine = rows.filter((row) => row.workspaceId === one.workspaceId);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.tokenSealed).not.toContain(one.account.token);
    expect(deps.cipher.open(mine[0]?.tokenSealed ?? "")).toBe(one.account.token);
    expect(two.account.sid).not.toBe(one.account.sid);
  });
});
