import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newSid } from "./ids";
import type { Network } from "./network";
import type { SimMedia } from "./words";

/** Keeps bytes beside the ledger under a SID of their own. */
export async function storeMedia(
  network: Network,
  bytes: Buffer,
  contentType: string,
  fileName: string | null,
): Promise<SimMedia> {
  const sid = newSid("ME");
  await writeFile(mediaPath(network, sid), bytes, { mode: 0o600 });
  return { sid, contentType, fileName, size: bytes.length };
}

/** @returns null when there is no such file. */
export async function readMedia(network: Network, sid: string): Promise<Buffer | null> {
  if (!/^ME[0-9a-f]{32}$/.test(sid)) return null;
  try {
    return await readFile(mediaPath(network, sid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function mediaPath(network: Network, sid: string): string {
  return join(network.ledger.directory, "media", sid);
}
