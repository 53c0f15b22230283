import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../../db/client";
import { isWorthRetrying } from "../../db/is-worth-retrying";
import { type InboundRow, type StoredInbound, storeInbound } from "../../db/writes/inbound";
import { fitsGroup, storeInboundGroup } from "../../db/writes/inbound-group";
import { LOST_AFTER_MS, shareStatement } from "../operations/share-statement";
import type { Deps } from "../ports/deps";

/** A text in a group of 25 costs half of one alone. */
const storeTogether = shareStatement<InboundRow, StoredInbound>({
  name: "received texts",
  keysOf: (row) => [addressKey(row), `${row.accountId} ${row.providerId}`],
  together: storeInboundGroup,
  alone: storeAlone,
});

type Last = {
  /** A group has it, or takes it next. */
  isInGroups: boolean;
  stored: Promise<unknown>;
};

/** By their address, the last text of each that is being stored, or waits for that. */
const lastOf = new WeakMap<Sql, Map<string, Last>>();

/**
 * Stores a text, together with others that arrive at the same time where that is cheaper; what a group
 * cannot hold is stored beside the groups. Those of one address keep the order in which they came.
 * Resolves after its commit.
 *
 * @throws when it could not be stored, or when the database is gone (see `isDatabaseGone`)
 */
export function storeInGroups(
  deps: Pick<Deps, "sql" | "clock" | "log">,
  row: InboundRow,
): Promise<StoredInbound> {
  const all = lastOf.get(deps.sql) ?? new Map<string, Last>();
  lastOf.set(deps.sql, all);
  const address = addressKey(row);
  const before = all.get(address);
  const isGrouped = fitsGroup(row);
  const store = () => (isGrouped ? storeTogether(deps, row) : storeAlone(deps.sql, row));
  // Among themselves the groups keep them apart, and in their order.
  const isNext = !before || (before.isInGroups && isGrouped);
  const stored = isNext ? store() : endOf(before.stored).then(store);
  all.set(address, { isInGroups: isGrouped && isNext, stored });
  const forget = () => {
    if (all.get(address)?.stored === stored) all.delete(address);
  };
  stored.then(forget, forget);
  return stored;
}

/** Whatever becomes of it; a lost one is not waited for longer than its group is. */
async function endOf(text: Promise<unknown>): Promise<void> {
  const late = pause(LOST_AFTER_MS, undefined, { ref: false });
  await Promise.race([text.catch(() => undefined), late]);
}

function addressKey({ workspaceId, address }: InboundRow): string {
  return `${workspaceId} ${address.kind} ${address.value}`;
}

async function storeAlone(sql: Sql, row: InboundRow): Promise<StoredInbound> {
  try {
    return await storeInbound(sql, row);
  } catch (error) {
    if (!isWorthRetrying(error)) throw error;
    return storeInbound(sql, row);
  }
}
