import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropDemoTemplate } from "./demo-database";
import { startThrowAwayPostgres } from "./postgres";

/**
 * One server for the databases of all end-to-end files, unless TEST_DATABASE_URL names one: making a
 * server takes longer than many a story. Those that judge the embedded one itself bring their own.
 */
export default async function setup() {
  const run = String(process.pid);
  const server = await openServer(run);
  // The workers inherit them.
  process.env.TEST_DATABASE_URL = server.url;
  process.env.TEST_RUN = run;
  return async () => {
    await dropDemoTemplate(server.url, run);
    await server.close();
  };
}

async function openServer(run: string) {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => undefined };
  return startThrowAwayPostgres(join(tmpdir(), `carillon-e2e-${run}`));
}
