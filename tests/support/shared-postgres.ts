import { tmpdir } from "node:os";
import { join } from "node:path";
import { startThrowAwayPostgres } from "./postgres";

/**
 * One server for the databases of all end-to-end files, unless TEST_DATABASE_URL names one: making a
 * server takes longer than many a story. Those that judge the embedded one itself bring their own.
 */
export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const server = await startThrowAwayPostgres(join(tmpdir(), `carillon-e2e-${process.pid}`));
  // The workers inherit it.
  process.env.TEST_DATABASE_URL = server.url;
  return server.close;
}
