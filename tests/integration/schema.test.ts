import { describe, expect, it } from "vitest";
import { accounts } from "../../db/schema";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();

describe("schema", () => {
  it("R402 keeps the credentials of two workspaces apart and sealed", async () => {
    const deps = testDeps(database);
    const one = await createWorkspace(deps);
    const two = await createWorkspace(deps);
    const rows = await deps.db.select().from(accounts);
    const mine = rows.filter((row) => row.workspaceId === one.workspaceId);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.tokenSealed).not.toContain(one.account.token);
    expect(deps.cipher.open(mine[0]?.tokenSealed ?? "")).toBe(one.account.token);
    expect(two.account.sid).not.toBe(one.account.sid);
  });
});
