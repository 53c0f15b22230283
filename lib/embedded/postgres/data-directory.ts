import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { isErrno, randomSecret, readOrCreateSecret } from "../secrets";
import type { Binaries } from "./binaries";
import type { Home } from "./home";
import { PostgresProblem } from "./problem";
import { CHILD_ENV, SUPERUSER } from "./server";

/**
 * Makes the data directory where there is none.
 *
 * @returns the superuser's password.
 * @throws {PostgresProblem} when what is there belongs to another version or its password is lost.
 */
export async function openData(home: Home, binaries: Binaries): Promise<string> {
  refuseLostPassword(home);
  const password = await readOrCreateSecret(home.passwordFile, () => randomSecret(32));
  if (!existsSync(home.data)) await createData(home, binaries, password);
  refuseOtherVersion(home, binaries);
  return password;
}

function refuseLostPassword({ data, passwordFile }: Home) {
  if (!existsSync(data) || existsSync(passwordFile)) return;
  throw new PostgresProblem(
    `${passwordFile} is missing, without it the database beside it cannot be opened: restore the file, or remove the folder to start empty`,
  );
}

function refuseOtherVersion({ data }: Home, { majorVersion }: Binaries) {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found === majorVersion) return;
  throw new PostgresProblem(
    `${data} was written by PostgreSQL ${found}, this is ${majorVersion}: restore a backup into a new folder, or set DATABASE_URL`,
  );
}

/** Made aside and renamed when whole, so that a killed first start leaves nothing half made. */
async function createData(home: Home, binaries: Binaries, password: string) {
  const draft = join(home.folder, `data.new-${process.pid}`);
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(home, draft, passwordFile);
  try {
    await runInitdb(home, binaries, draft, passwordFile);
    await rename(draft, home.data);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process made the same directory first.
    if (!isErrno(error, "EEXIST", "ENOTEMPTY")) throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function giveTo({ owner }: Home, ...paths: string[]) {
  if (!owner) return;
  for (const path of paths) await chown(path, owner.uid, owner.gid);
}

async function runInitdb(home: Home, binaries: Binaries, data: string, passwordFile: string) {
  const flags = ["-D", data, "-U", SUPERUSER, "-A", "scram-sha-256", "--pwfile", passwordFile];
  const locale = [
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  await chmod(binaries.initdb, 0o755).catch(() => undefined);
  try {
    await promisify(execFile)(binaries.initdb, [...flags, ...locale, "--no-sync"], {
      ...(home.owner ?? {}),
      cwd: home.folder,
      env: CHILD_ENV,
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new PostgresProblem(
      `PostgreSQL cannot make its data directory:\n${said || String(error)}`,
    );
  }
}
