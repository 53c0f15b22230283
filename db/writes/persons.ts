import { and, eq, sql } from "drizzle-orm";
import { personSearchText } from "../../lib/domain/fold-for-search";
import type { AddressKind } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses, persons } from "../schema";

export type PersonRow = typeof persons.$inferSelect;

export type NewAddress = {
  id: string;
  kind: AddressKind;
  value: string;
  raw: string;
  country: string | null;
};

/**
 * The person an address belongs to, made if need be: one person, whoever else meets the address at the
 * same moment.
 */
export async function findOrCreatePerson(
  tx: Database,
  input: { workspaceId: WorkspaceId; personId: string; address: NewAddress; now: Date },
): Promise<{ personId: string; isNew: boolean }> {
  const { address, workspaceId, personId } = input;
  const at = sql`${input.now.toISOString()}::timestamptz`;
  const searchText = personSearchText({ addresses: [address.value] });
  const [row] = await tx.execute<{ personId: string }>(sql`
    with known as (
      insert into ${addresses} (id, workspace_id, person_id, kind, value, raw, country, created_at)
      values (${address.id}, ${workspaceId}, ${personId}, ${address.kind}, ${address.value},
        ${address.raw}, ${address.country}, ${at})
      on conflict (workspace_id, kind, value) do update set value = excluded.value
      returning person_id),
    made as (
      insert into ${persons} (id, workspace_id, search_text, created_at, updated_at)
      select ${personId}::uuid, ${workspaceId}::uuid, ${searchText}, ${at}, ${at}
      from known where known.person_id = ${personId}::uuid)
    select person_id as "personId" from known`);
  if (!row) throw new Error("an upsert returns its row");
  return { personId: row.personId, isNew: row.personId === personId };
}

/** The person, locked until the transaction ends; null when the workspace has no such person. */
export async function lockPerson(
  tx: Database,
  workspaceId: WorkspaceId,
  id: string,
): Promise<PersonRow | null> {
  const [row] = await tx
    .select()
    .from(persons)
    .where(and(eq(persons.workspaceId, workspaceId), eq(persons.id, id)))
    .for("update");
  return row ?? null;
}

export async function insertPerson(tx: Database, values: typeof persons.$inferInsert) {
  await tx.insert(persons).values(values);
}

export type PersonPatch = Partial<
  Pick<
    PersonRow,
    "name" | "company" | "notes" | "locale" | "timeZone" | "attributes" | "blockedAt" | "searchText"
  >
>;

export async function patchPerson(
  tx: Database,
  person: Pick<PersonRow, "workspaceId" | "id">,
  patch: PersonPatch & { updatedAt: Date },
) {
  await tx
    .update(persons)
    .set(patch)
    .where(and(eq(persons.workspaceId, person.workspaceId), eq(persons.id, person.id)));
}

/** Addresses and consents go with the person. The caller has made sure that nothing else refers to them. */
export async function deletePerson(tx: Database, person: Pick<PersonRow, "workspaceId" | "id">) {
  await tx
    .delete(persons)
    .where(and(eq(persons.workspaceId, person.workspaceId), eq(persons.id, person.id)));
}

/**
 * Gives a person exactly these addresses.
 * @returns the addresses that belong to somebody else; then the caller must roll back
 */
export async function putAddresses(
  tx: Database,
  person: Pick<PersonRow, "workspaceId" | "id">,
  input: { wanted: readonly NewAddress[]; now: Date },
): Promise<NewAddress[]> {
  const held = await tx.select().from(addresses).where(eq(addresses.personId, person.id));
  const keyOf = (of: { kind: string; value: string }) => `${of.kind} ${of.value}`;
  const wantedKeys = new Set(input.wanted.map(keyOf));
  for (const old of held.filter((row) => !wantedKeys.has(keyOf(row)))) {
    await tx.delete(addresses).where(eq(addresses.id, old.id));
  }
  const heldKeys = new Set(held.map(keyOf));
  const taken: NewAddress[] = [];
  for (const fresh of input.wanted.filter((address) => !heldKeys.has(keyOf(address)))) {
    const [row] = await tx
      .insert(addresses)
      .values({
        ...fresh,
        workspaceId: person.workspaceId,
        personId: person.id,
        createdAt: input.now,
      })
      .onConflictDoNothing()
      .returning({ id: addresses.id });
    if (!row) taken.push(fresh);
  }
  return taken;
}
