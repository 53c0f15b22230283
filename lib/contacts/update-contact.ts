import type { Database } from "../../db/client";
import { addressesOf, type Contact, findContact } from "../../db/queries/persons";
import { findWorkspaceCountry } from "../../db/queries/workspace-country";
import { touchConversationsOf } from "../../db/writes/conversations";
import { lockPerson, type NewAddress, patchPerson, putAddresses } from "../../db/writes/persons";
import { personSearchText } from "../domain/fold-for-search";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { type AddressFault, readAddresses } from "./contact-addresses";
import { type AddressTaken, addressTaken, type ContactFields, takenBack } from "./create-contact";

export type UpdateContactOutcome =
  | { readonly kind: "updated"; readonly contact: Contact }
  | { readonly kind: "contact_not_found" }
  | AddressFault
  | AddressTaken;

type Needs = Pick<Deps, "db" | "clock" | "chance" | "realtime">;

/**
 * Changes the given fields of a contact and leaves the others. `addresses`, when given, replaces them
 * all. Their open cards on the screens follow.
 */
export async function updateContact(
  deps: Needs,
  input: { workspaceId: WorkspaceId; personId: string; contact: ContactFields },
): Promise<UpdateContactOutcome> {
  const { workspaceId, personId, contact } = input;
  const country = await findWorkspaceCountry(deps.db, workspaceId);
  const read = contact.addresses ? readAddresses(deps, contact.addresses, country) : null;
  if (read && !read.ok) return read.fault;
  const touched: string[] = [];
  const taken = await takenBack(deps.db, async (tx) => {
    const change = { ...input, addresses: read?.addresses ?? null };
    const written = await writeContact(deps, tx, change);
    touched.push(...written.conversationIds);
    return written.taken;
  });
  if (taken) return addressTaken(deps.db, workspaceId, taken);
  announceAll(deps, workspaceId, touched);
  const updated = await findContact(deps.db, workspaceId, personId);
  return updated ? { kind: "updated", contact: updated } : { kind: "contact_not_found" };
}

async function writeContact(
  deps: Needs,
  tx: Database,
  input: {
    workspaceId: WorkspaceId;
    personId: string;
    contact: ContactFields;
    addresses: readonly NewAddress[] | null;
  },
): Promise<{ taken: NewAddress[]; conversationIds: string[] }> {
  const { workspaceId, personId } = input;
  const now = deps.clock.now();
  const person = await lockPerson(tx, workspaceId, personId);
  if (!person) return { taken: [], conversationIds: [] };
  const taken = input.addresses
    ? await putAddresses(tx, person, { wanted: input.addresses, now })
    : [];
  const { addresses: _, ...given } = input.contact;
  // A field that was left out may be there as undefined, and must not empty what is stored.
  const fields = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as typeof given;
  const known = await addressesOf(tx, workspaceId, personId);
  const values = known.map((address) => address.value);
  const searchText = personSearchText({ ...person, ...fields, addresses: values });
  await patchPerson(tx, person, { ...fields, searchText, updatedAt: now });
  const rows = await touchConversationsOf(tx, workspaceId, personId);
  return { taken, conversationIds: rows.map((row) => row.id) };
}

function announceAll(
  deps: Pick<Deps, "realtime">,
  workspaceId: WorkspaceId,
  conversationIds: readonly string[],
) {
  deps.realtime.announce(
    conversationIds.map((conversationId) => ({
      kind: "conversation",
      workspaceId,
      conversationId,
      messageIds: [],
    })),
  );
}
