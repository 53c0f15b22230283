import { z } from "zod";
import type { Deps } from "../ports/deps";

/** What only the recipient of a message may read, such as a link that opens an account. */
export type SealedText = { text: string; html: string | null };

const shape = z.object({ text: z.string(), html: z.string().nullable() });

/** As it is kept in the message's row; its `body` says in plain words what it is about. */
export function sealText({ cipher }: Pick<Deps, "cipher">, content: SealedText): string {
  return cipher.seal(JSON.stringify(content));
}

/** null: it was sealed with a key that we no longer have. */
export function openSealedText(
  { cipher, log }: Pick<Deps, "cipher" | "log">,
  sealed: string,
): SealedText | null {
  try {
    return shape.parse(JSON.parse(cipher.open(sealed)));
  } catch (error) {
    log.error({ error: String(error) }, "[OUTBOUND] A sealed text cannot be opened");
    return null;
  }
}
