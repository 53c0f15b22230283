import type { Sql } from "../client";
import { type InboundRow, parameters, type StoredInbound } from "./inbound";
import { GROUP_STATEMENT } from "./inbound-group-statement";

/** Can a group hold it? A plain text; what it brings besides, the statement of one text stores. */
export function fitsGroup(row: InboundRow): boolean {
  const isPlain = row.alias === null && row.quotedProviderId === null && row.consent === null;
  return isPlain && row.media.length === 0 && row.labels.length === 0;
}

type Told = { messageId: string; isHere: boolean } & (
  | Omit<Extract<StoredInbound, { kind: "stored" }>, "kind">
  | { conversationId: null }
);

/**
 * Stores what it can of texts that fit a group (`fitsGroup`), each from another address and with
 * another provider id, in one statement, hence all of that or nothing.
 *
 * @returns what became of each, in their order; null: left out, nothing was changed for it
 * @throws postgres.PostgresError when one of them cannot be stored, whichever it is
 */
export async function storeInboundGroup(
  sql: Sql,
  rows: readonly InboundRow[],
): Promise<(StoredInbound | null)[]> {
  const given = JSON.stringify(rows.map(parameters));
  const told = await sql.unsafe<Told[]>(GROUP_STATEMENT, [given], { prepare: true });
  const byMessage = new Map(told.map((one) => [one.messageId, outcomeOf(one)]));
  return rows.map((row) => byMessage.get(row.ids.message) ?? null);
}

function outcomeOf({ messageId: _, isHere, ...stored }: Told): StoredInbound | null {
  if (isHere) return { kind: "duplicate" };
  return stored.conversationId === null ? null : { kind: "stored", ...stored };
}
