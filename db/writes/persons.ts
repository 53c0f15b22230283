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

type PersonOf = { workspaceId: WorkspaceId; personId: string; address: NewAddress; now: Date };

/**
 * The person an address belongs to, made if need be: one person, whoever else meets the address at the
 * same moment.
 */
export async function findOrCreatePerson(
  tx: Database,
  { workspaceId, personId, address, now }: PersonOf,
): Promise<{ personId: string; isNew: boolean }> {
  const found = await findOrCreatePersons(tx, { workspaceId, of: [{ personId, address }], now });
  const known = found.get(`${address.kind} ${address.value}`);
  if (!known) throw new Error("an upsert returns its row");
  return { personId: known, isNew: known === personId };
}

type PersonsOf = {
  workspaceId: WorkspaceId;
  /** Each address once, in an order that is the same everywhere. */
  of: readonly Pick<PersonOf, "personId" | "address">[];
  now: Date;
};

/** As `findOrCreatePerson`, in one statement. Returns the persons by `kind value`. */
export async function findOrCreatePersons(
  tx: Database,
  { workspaceId, of, now }: PersonsOf,
): Promise<Map<string, string>> {
  if (of.length === 0) return new Map();
  const at = sql`${now.toISOString()}::timestamptz`;
  const given = of.map(({ personId, address }, nth) => {
    const search = personSearchText({ addresses: [address.value] });
    return { ...address, person_id: personId, search, nth };
  });
  const rows = await tx.execute<{ kind: string; value: string; personId: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
        id uuid, person_id uuid, kind text, value text, raw text, country text, search text, nth int)),
    known as (
      insert into ${addresses} (id, workspace_id, person_id, kind, value, raw, country, created_at)
      select id, ${workspaceId}::uuid, person_id, kind, value, raw, country, ${at}
      from given order by nth
      on conflict (workspace_id, kind, value) do update set value = excluded.value
      returning person_id, kind, value),
    made as (
      insert into ${persons} (id, workspace_id, search_text, created_at, updated_at)
      select g.person_id, ${workspaceId}::uuid, g.search, ${at}, ${at}
      from given g join known k on k.person_id = g.person_id)
    select kind, value, person_id as "personId" from known`);
  return new Map(rows.map(({ kind, value, personId }) => [`${kind} ${value}`, personId]));
}

/**
 * The person, locked until the transaction ends; null when the workspace has no such person. Their key
 * stays free: a send that holds a conversation of theirs refers to it, and would wait in a circle.
 */
export async function lockPerson(
  tx: Database,
  workspaceId: WorkspaceId,
  id: string,
): Promise<PersonRow | null> {
  const [row] = await tx
    .select()
    .from(persons)
    .where(and(eq(persons.workspaceId, workspaceId), eq(persons.id, id)))
    .for("no key update");
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
  // In the order of all who add several: two of them would else wait for each other.
  const added = input.wanted
    .filter((address) => !heldKeys.has(keyOf(address)))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
  for (const fresh of added) {
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
