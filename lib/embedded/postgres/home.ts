import { lstat, mkdir, readdir, realpath, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isErrno, randomSecret } from "../secrets";
import { canReach, findOwner, type Owner } from "./owner";
import { isProcessAlive } from "./pid-file";
import { PostgresProblem } from "./problem";

/** Where a server keeps its things, as real paths. */
export type Home = {
  owner: Owner;
  /** Holds the rest; entered by the owner, written by us. */
  folder: string;
  /** PGDATA; may not exist yet. */
  data: string;
  passwordFile: string;
  logFile: string;
};

/** Root-owned and closed to others' writing, where the usual place cannot be reached by the owner. */
const RELOCATED = "/var/lib/carillon";

/**
 * Finds or makes the home below `requested`. When root runs a project that lies in a closed folder
 * (/root), `requested` becomes a link to a folder of random name that PostgreSQL's account can reach.
 *
 * @throws {PostgresProblem} when what is there cannot be used.
 */
export async function openHome(requested: string): Promise<Home> {
  const link = resolve(requested);
  await mkdir(dirname(link), { recursive: true, mode: 0o711 });
  const folder = (await existingFolder(link)) ?? (await makeFolder(link));
  const data = join(folder, "data");
  const owner = await ownerOf(data);
  if (!canReach(owner, folder)) {
    throw new PostgresProblem(
      `${folder} holds the database, but the account of PostgreSQL cannot reach it: open the folders above it (chmod o+x), or move it`,
    );
  }
  await removeAbandoned(folder);
  return {
    owner,
    folder,
    data,
    passwordFile: join(folder, "password"),
    logFile: join(folder, "postgres.log"),
  };
}

async function ownerOf(data: string): Promise<Owner> {
  try {
    return findOwner(data);
  } catch (error) {
    if (!isErrno(error, "EACCES")) throw error;
    throw new PostgresProblem(
      `${data} belongs to another user: start as that user, or set DATA_DIR`,
    );
  }
}

/** The link is looked at first: another process that starts may make it while this one looks. */
async function existingFolder(link: string) {
  const isThere = await lstat(link).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  try {
    return await realpath(link);
  } catch (error) {
    if (!isErrno(error, "ENOENT")) throw error;
  }
  throw new PostgresProblem(
    `${link} links to a database folder that is gone: restore it, or remove the link to start empty`,
  );
}

async function makeFolder(link: string) {
  const owner = findOwner(join(link, "data"));
  if (canReach(owner, await realpath(dirname(link)))) {
    await mkdir(link, { mode: 0o711, recursive: true });
    return realpath(link);
  }
  await mkdir(RELOCATED, { recursive: true, mode: 0o711 });
  await refuseWritableByOthers(RELOCATED);
  const folder = join(RELOCATED, randomSecret(16));
  await mkdir(folder, { mode: 0o711 });
  try {
    await symlink(folder, link);
    return folder;
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
  // Another process that starts was first: its folder is the home.
  await rm(folder, { recursive: true });
  return realpath(link);
}

async function refuseWritableByOthers(folder: string) {
  const found = await stat(folder);
  if (found.uid === 0 && (found.mode & 0o022) === 0) return;
  throw new PostgresProblem(`${folder} must belong to root and be writable by root alone`);
}

/** What an initdb that was killed left behind. */
async function removeAbandoned(folder: string) {
  for (const name of await readdir(folder)) {
    const pid = /^data\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !isProcessAlive(Number(pid))) await rm(join(folder, name), { recursive: true });
  }
}
