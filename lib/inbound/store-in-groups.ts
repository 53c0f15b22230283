import type { Sql } from "../../db/client";
import { isWorthRetrying } from "../../db/is-worth-retrying";
import { type InboundRow, type StoredInbound, storeInbound } from "../../db/writes/inbound";
import { fitsGroup, storeInboundGroup } from "../../db/writes/inbound-group";
import { shareStatement } from "../operations/share-statement";
import type { Deps } from "../ports/deps";

/** A text in a group of 25 costs half of one alone. */
const storeTogether = shareStatement<InboundRow, StoredInbound>({
  name: "received texts",
  keysOf: ({ workspaceId, address, accountId, providerId }) => [
    `${workspaceId} ${address.kind} ${address.value}`,
    `${accountId} ${providerId}`,
  ],
  together: storeInboundGroup,
  alone: storeAlone,
});

/**
 * Stores a text, together with others that arrive at the same time where that is cheaper; what a group
 * cannot hold is stored beside the groups. Resolves after its commit.
 *
 * @throws when it could not be stored, or when the database is gone (see `isDatabaseGone`)
 */
export function storeInGroups(
  deps: Pick<Deps, "sql" | "clock" | "log">,
  row: InboundRow,
): Promise<StoredInbound> {
  return fitsGroup(row) ? storeTogether(deps, row) : storeAlone(deps.sql, row);
}

async function storeAlone(sql: Sql, row: InboundRow): Promise<StoredInbound> {
  try {
    return await storeInbound(sql, row);
  } catch (error) {
    if (!isWorthRetrying(error)) throw error;
    return storeInbound(sql, row);
  }
}
