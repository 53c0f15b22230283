import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { openDatabase } from "../../db/client";
import { messages } from "../../db/schema";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { signedRequest, smsFields } from "../support/twilio-request";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const clean: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of clean) await end();
});

async function setUp() {
  const deps = testDeps(database);
  const workspace = await createWorkspace(deps);
  const request = signedRequest(smsFields(workspace), { token: workspace.account.token });
  const count = () => deps.db.$count(messages, eq(messages.workspaceId, workspace.workspaceId));
  return { deps, workspace, request, count };
}

/** A port on which something accepts connections and never says a word. */
async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => void sockets.add(socket)).listen(0, "127.0.0.1");
  clean.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise((done) => server.once("listening", done));
  return (server.address() as AddressInfo).port;
}

describe("faults while a message arrives", () => {
  it("R406 answers 503 when nothing listens where the database was, and when it never answers", async () => {
    const { deps, request } = await setUp();
    for (const port of [1, await silentPort()]) {
      const gone = openDatabase(`postgres://x:x@127.0.0.1:${port}/x`);
      clean.push(gone.close);
      const answer = await answerInbound({ ...deps, db: gone.db, sql: gone.sql }, request);
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
    }
  });

  it("R406 answers 503 when the database hangs; what was stored late is not stored again", async () => {
    const { deps, request, count } = await setUp();
    const answer = await deps.db.transaction(async (tx) => {
      await tx.execute(sql`lock table messages in access exclusive mode`);
      return answerInbound(deps, request);
    });
    expect(answer.status).toBe(503);
    expect((await answerInbound(deps, request)).status).toBe(200);
    expect(await count()).toBe(1);
  });

  it.each(["40P01", "40001"])("R406 tries once more after %s", async (code) => {
    const { deps, workspace, request, count } = await setUp();
    await failFirst(code, workspace.workspaceId);
    expect((await answerInbound(deps, request)).status).toBe(200);
    expect(await count()).toBe(1);
    expect(deps.changes).toHaveLength(1);
  });

  it("R406 an error of ours is 500, says nothing of its inside and stores nothing", async () => {
    const { deps, workspace, request, count } = await setUp();
    await failFirst("22000", workspace.workspaceId);
    const answer = await answerInbound(deps, request);
    expect(answer).toMatchObject({ status: 500, body: "The message was not stored" });
    expect(await count()).toBe(0);
    expect((await answerInbound(deps, request)).status).toBe(200);
  });
});

/** The workspace's first insert of a message fails with that SQLSTATE; sequences do not roll back. */
async function failFirst(code: string, workspaceId: string) {
  const name = `fail_${workspaceId.replaceAll("-", "")}`;
  await database.sql.unsafe(`
    create sequence ${name};
    create function ${name}() returns trigger language plpgsql as $$
    begin
      if nextval('${name}') = 1 then raise exception 'as the test wants' using errcode = '${code}'; end if;
      return new;
    end $$;
    create trigger ${name} before insert on messages for each row
      when (new.workspace_id = '${workspaceId}') execute function ${name}();
  `);
}
