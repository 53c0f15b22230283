import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../db/client";
import { readPidFile } from "../../lib/embedded/postgres/pid-file";
import { serverUrl } from "../../lib/embedded/postgres/server";
import { systemClock } from "../../lib/providers/clock";
import { testDeps } from "./deps";

/** Looks into the embedded database of a running app. Its port is another one after every start. */
export function openEmbeddedDatabase(dataDir: string) {
  const folder = realpathSync(join(dataDir, "postgres"));
  const server = readPidFile(join(folder, "data"));
  if (!server) throw new Error(`no database runs below ${dataDir}`);
  const password = readFileSync(join(folder, "password"), "utf8").trim();
  const clients = openDatabase(serverUrl(server.port, password, "carillon"), { poolSize: 4 });
  return {
    /** Of the process that all of the server's others hang on. */
    pid: server.pid,
    deps: { ...testDeps(clients), clock: systemClock } as unknown as ReturnType<typeof testDeps>,
    close: clients.close,
  };
}
