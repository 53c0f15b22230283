import { type ConsentEntry, readLedger } from "../../db/queries/consents";
import { csvLine } from "../domain/csv";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

const COLUMNS = [
  "at",
  "person_id",
  "address",
  "channel",
  "sender",
  "sender_name",
  "state",
  "source",
  "words",
  "message_id",
  "actor",
] as const;

const BATCH = 1000;

type Export = { workspaceId: WorkspaceId; personId: string | null };

/** The consent ledger as CSV, in its order, times in UTC: the proof. One batch at a time. */
export async function* exportConsents(
  deps: Pick<Deps, "db">,
  { workspaceId, personId }: Export,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let after = 0;
  for (;;) {
    const entries = await readLedger(deps.db, { workspaceId, personId, after, limit: BATCH });
    if (entries.length > 0) yield entries.map(toLine).join("");
    const last = entries.at(-1);
    if (!last || entries.length < BATCH) return;
    after = last.id;
  }
}

function toLine(entry: ConsentEntry): string {
  const { personId, address, channel, sender, senderName, state, source, words, messageId } = entry;
  const at = entry.at.toISOString();
  const who = [personId, address, channel, sender, senderName];
  return csvLine([at, ...who, state, source, words, messageId, entry.actorName]);
}
