import { join } from "node:path";
import postgres from "postgres";
import { prepareBinaries } from "../../lib/embedded/postgres/binaries";
import { openData } from "../../lib/embedded/postgres/data-directory";
import { openHome } from "../../lib/embedded/postgres/home";
import { findOrStartServer, serverUrl, stopServer } from "../../lib/embedded/postgres/server";

/** A PostgreSQL that a test may kill, freeze and bring back at the same address; nobody else does. */
export async function startFragilePostgres(folder: string) {
  const home = await openHome(join(folder, "postgres"));
  const binaries = await prepareBinaries(home);
  const password = await openData(home, binaries);
  const options = { home, binaries, password, isDurable: true };
  let server = await findOrStartServer({ ...options, port: null });
  const { port } = server;
  const url = serverUrl(port, password, "postgres");
  let held: number[] = [];
  /** Signals every process of the server, the one that would start others first. */
  const signalAll = async (signal: NodeJS.Signals) => {
    const admin = postgres(url, { max: 1 });
    await admin`select 1`;
    process.kill(server.pid, "SIGSTOP");
    const rows = await admin<{ pid: number }[]>`select pid from pg_stat_activity`;
    held = [server.pid, ...rows.map((row) => row.pid)];
    for (const pid of held) process.kill(pid, signal);
    void admin.end({ timeout: 0 });
  };
  return {
    url,
    /** As when the machine loses its power, but for its disk. */
    kill: () => signalAll("SIGKILL"),
    start: async () => {
      server = await findOrStartServer({ ...options, port });
    },
    /** It neither answers nor closes a connection. */
    freeze: () => signalAll("SIGSTOP"),
    thaw: () => {
      for (const pid of held) process.kill(pid, "SIGCONT");
    },
    close: () => stopServer(home.data, server.pid),
  };
}

export type FragilePostgres = Awaited<ReturnType<typeof startFragilePostgres>>;
