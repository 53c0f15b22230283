import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { sealSessionCookie, sessionCookieName } from "../../lib/auth/session-cookie";
import { AUTH_SECRET } from "./app";
import { APP_URL } from "./inbound-servers";

/** Signs so many agents in and returns their cookies. */
export async function signInAgents(sql: postgres.Sql, count: number): Promise<string[]> {
  const [workspace] = await sql<{ id: string }[]>`select id from workspaces`;
  if (!workspace) throw new Error("there is no workspace to sign in to");
  const cookies: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const sessionId = await insertAgent(sql, { workspaceId: workspace.id, n });
    const value = await sealSessionCookie(sessionId, AUTH_SECRET);
    cookies.push(`${sessionCookieName(APP_URL)}=${value}`);
  }
  return cookies;
}

async function insertAgent(
  sql: postgres.Sql,
  { workspaceId, n }: { workspaceId: string; n: number },
): Promise<string> {
  const [user, person, session] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into users (id, email, name, created_at)
    values (${user}, ${`agent-${n}@example.test`}, ${`Agent ${n}`}, now())`;
  await sql`insert into persons (id, workspace_id, name, search_text, created_at, updated_at)
    values (${person}, ${workspaceId}, ${`Agent ${n}`}, ${`agent ${n}`}, now(), now())`;
  await sql`insert into memberships (workspace_id, user_id, role, person_id, created_at)
    values (${workspaceId}, ${user}, 'agent', ${person}, now())`;
  await sql`insert into sessions (id, user_id, workspace_id, created_at, last_seen_at, expires_at)
    values (${session}, ${user}, ${workspaceId}, now(), now(), now() + interval '1 h')`;
  return session;
}

/** What all of them were sent, and how often one was told to fetch afresh instead. */
export type Watched = { megabytes: number; resyncs: number };

/** Lets them all watch, from a process of its own. The function returned ends it and says what was seen. */
export async function startWatching(
  origin: string,
  cookies: readonly string[],
): Promise<() => Promise<Watched>> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/bench/watch.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, WATCH: JSON.stringify({ origin, cookies }) },
  });
  const lines = child.stdout[Symbol.asyncIterator]();
  if ((await lines.next()).done) throw new Error("the agents could not watch");
  return async () => {
    child.stdin.end();
    const last = await lines.next();
    return JSON.parse(String(last.value)) as Watched;
  };
}
