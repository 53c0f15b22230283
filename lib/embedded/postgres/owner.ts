import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PostgresProblem } from "./problem";

/** The account that PostgreSQL runs as; null: our own, because we are not root. */
export type Owner = { uid: number; gid: number } | null;

/**
 * PostgreSQL refuses to run as root. Root therefore hands it to whoever owns the data already,
 * else to `postgres`, else to `nobody` (initdb needs an account with an entry in /etc/passwd).
 */
export function findOwner(dataDirectory: string): Owner {
  if (process.getuid?.() !== 0) return null;
  const present = statSync(dataDirectory, { throwIfNoEntry: false });
  if (present && present.uid !== 0) return { uid: present.uid, gid: present.gid };
  const owner = findAccount("postgres") ?? findAccount("nobody");
  if (!owner) {
    throw new PostgresProblem(
      "PostgreSQL does not run as root and there is neither a `postgres` nor a `nobody` account: start as an ordinary user, or set DATABASE_URL",
    );
  }
  return owner;
}

function findAccount(name: string): Owner {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** May the owner walk down to this existing path? Under a closed folder such as /root it may not. */
export function canReach(owner: Owner, path: string): boolean {
  if (!owner) return true;
  const folder = statSync(path);
  const isOpen =
    (folder.mode & 0o001) !== 0 ||
    (folder.uid === owner.uid && (folder.mode & 0o100) !== 0) ||
    (folder.gid === owner.gid && (folder.mode & 0o010) !== 0);
  return isOpen && (dirname(path) === path || canReach(owner, dirname(path)));
}
