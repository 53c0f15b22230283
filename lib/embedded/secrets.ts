import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type GeneratedSecrets = { authSecret: string; encryptionKey: string };

/**
 * Secrets of a machine that was given none: made once, kept in `<dataDir>/secrets`, readable by
 * their owner alone. Losing the folder signs everybody out and makes stored credentials unreadable.
 */
export async function loadSecrets(dataDir: string): Promise<GeneratedSecrets> {
  const folder = join(dataDir, "secrets");
  return {
    authSecret: await readOrCreateSecret(join(folder, "auth"), () => randomSecret(48)),
    encryptionKey: await readOrCreateSecret(join(folder, "encryption"), () => hexKey()),
  };
}

/**
 * The text of a file that only its owner may read; made by `create` when there is none. Of two
 * processes that create it at once one wins and both return the winner's text.
 */
export async function readOrCreateSecret(path: string, create: () => string): Promise<string> {
  const existing = await readIfThere(path);
  if (existing !== null) return existing;
  await mkdir(dirname(path), { recursive: true, mode: 0o711 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, create(), { mode: 0o600, flag: "wx" });
  try {
    // A link fails where the name exists, so the file appears whole and is never replaced.
    await link(draft, path);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, "utf8");
}

async function readIfThere(path: string) {
  try {
    const text = await readFile(path, "utf8");
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
}

/** Is this the operating system's error of that code? */
export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** URL-safe text of `length` characters, 6 bits each. */
export function randomSecret(length: number) {
  return randomBytes(length).toString("base64url").slice(0, length);
}

function hexKey() {
  return randomBytes(32).toString("hex");
}
