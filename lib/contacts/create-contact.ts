import type { Database } from "../../db/client";
import type { Contact, PersonAddress } from "../../db/queries/persons";
import { findContact, ownersOfAddresses } from "../../db/queries/persons";
import { findWorkspaceCountry } from "../../db/queries/workspace-country";
import { insertPerson, type NewAddress, putAddresses } from "../../db/writes/persons";
import { personSearchText } from "../domain/fold-for-search";
import type { Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { type AddressFault, readAddresses } from "./contact-addresses";

export type ContactFields = {
  name?: string | null;
  company?: string | null;
  notes?: string | null;
  locale?: Locale | null;
  /** IANA name. */
  timeZone?: string | null;
  attributes?: Record<string, unknown>;
  addresses?: readonly PersonAddress[];
};

/** An address belongs to one person: `personId` has this one already. */
export type AddressTaken = {
  readonly kind: "address_taken";
  readonly address: PersonAddress;
  readonly personId: string;
};

export type CreateContactOutcome =
  | { readonly kind: "created"; readonly contact: Contact }
  | AddressFault
  | AddressTaken;

/** Makes a contact with its addresses; all or nothing. */
export async function createContact(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  input: { workspaceId: WorkspaceId; contact: ContactFields },
): Promise<CreateContactOutcome> {
  const { workspaceId, contact } = input;
  const country = await findWorkspaceCountry(deps.db, workspaceId);
  const read = readAddresses(deps, contact.addresses ?? [], country);
  if (!read.ok) return read.fault;
  const id = deps.chance.uuid();
  const taken = await takenBack(deps.db, (tx) =>
    insertContact(deps, tx, { id, workspaceId, contact, addresses: read.addresses }),
  );
  if (taken) return addressTaken(deps.db, workspaceId, taken);
  const created = await findContact(deps.db, workspaceId, id);
  if (!created) throw new Error("a contact that was just made is there");
  return { kind: "created", contact: created };
}

async function insertContact(
  deps: Pick<Deps, "clock">,
  tx: Database,
  input: {
    id: string;
    workspaceId: WorkspaceId;
    contact: ContactFields;
    addresses: readonly NewAddress[];
  },
): Promise<NewAddress[]> {
  const now = deps.clock.now();
  const { id, workspaceId, addresses } = input;
  const { addresses: _, ...fields } = input.contact;
  const values = addresses.map((address) => address.value);
  const searchText = personSearchText({ ...fields, addresses: values });
  await insertPerson(tx, {
    ...fields,
    id,
    workspaceId,
    searchText,
    createdAt: now,
    updatedAt: now,
  });
  return putAddresses(tx, { id, workspaceId }, { wanted: addresses, now });
}

/** Runs `write` and takes everything back when it met addresses of somebody else, which it returns. */
export async function takenBack(
  db: Database,
  write: (tx: Database) => Promise<NewAddress[]>,
): Promise<NewAddress | null> {
  const found: { taken: NewAddress | null } = { taken: null };
  try {
    await db.transaction(async (tx) => {
      found.taken = (await write(tx))[0] ?? null;
      if (found.taken) tx.rollback();
    });
  } catch (error) {
    if (!found.taken) throw error;
  }
  return found.taken;
}

export async function addressTaken(
  db: Database,
  workspaceId: WorkspaceId,
  address: NewAddress,
): Promise<AddressTaken> {
  const { kind, value } = address;
  const owners = await ownersOfAddresses(db, workspaceId, [{ kind, value }]);
  const personId = owners.get(`${kind} ${value}`) ?? "";
  return { kind: "address_taken", address: { kind, value }, personId };
}
