import type { z } from "zod";
import type { ConsentEntry } from "@/db/queries/consents";
import type { consent } from "./schema";

export function toConsent(entry: ConsentEntry): z.input<typeof consent> {
  const { sender: _s, senderName: _n, actorName: _a, ...shown } = entry;
  return { ...shown, id: String(entry.id), at: entry.at.toISOString() };
}
