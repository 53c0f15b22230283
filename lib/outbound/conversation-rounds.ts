import type { Database } from "../../db/client";
import { findOrCreateConversations } from "../../db/writes/conversations";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

/** Names the one conversation of a person and a sender before it has an id. */
export function conversationKey(integrationId: string, personId: string): string {
  return `${integrationId} ${personId}`;
}

/** Something to be written, with its `conversationKey`. */
type Placed = { readonly key: string; readonly address: { readonly value: string } };

/**
 * A conversation is at one address: a person with two numbers, both written to by one sender, is written
 * to in two rounds. Everybody else is in the first.
 */
export function inRounds<T extends Placed>(placed: readonly T[]): T[][] {
  const rounds: T[][] = [];
  const addresses = new Map<string, string[]>();
  for (const one of placed) {
    const known = addresses.get(one.key) ?? [];
    if (!known.includes(one.address.value)) known.push(one.address.value);
    addresses.set(one.key, known);
    const nth = known.indexOf(one.address.value);
    rounds[nth] = [...(rounds[nth] ?? []), one];
  }
  return rounds;
}

type Finding = {
  workspaceId: WorkspaceId;
  round: readonly (Placed & { readonly personId: string; readonly integrationId: string })[];
};

/**
 * The conversations of one round, made if need be: their ids by key. A new one stays out of the inbox
 * until its person or an agent writes. In the order of the addresses, as everybody takes several.
 */
export async function findConversationIds(
  deps: Pick<Deps, "chance" | "clock">,
  tx: Database,
  { workspaceId, round }: Finding,
): Promise<Map<string, string>> {
  const now = deps.clock.now();
  const places = new Map(round.map((one) => [one.key, one] as const));
  const rows = await findOrCreateConversations(
    tx,
    [...places.values()]
      .sort((a, b) => (a.address.value < b.address.value ? -1 : 1))
      .map(({ personId, integrationId, address }) => ({
        id: deps.chance.uuid(),
        workspaceId,
        personId,
        integrationId,
        address: address.value,
        assigneeId: null,
        isListed: false,
        now,
      })),
  );
  return new Map(rows.map((row) => [conversationKey(row.integrationId, row.personId), row.id]));
}
