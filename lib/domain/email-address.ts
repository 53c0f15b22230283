import { z } from "zod";

const address = z.email().max(254);

/** An e-mail address as we store and compare it: trimmed and lower case; null when it is none. */
export function normaliseEmail(text: string): string | null {
  const parsed = address.safeParse(text.trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}
