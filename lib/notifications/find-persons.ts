import type { Database } from "../../db/client";
import { findKnownPersons, findMembers } from "../../db/queries/recipients";
import { findOrCreatePersons } from "../../db/writes/persons";
import { normaliseEmail } from "../domain/email-address";
import { normalisePhone } from "../domain/phone-number";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import type { GivenAddress } from "./reach";

/** Whom a notification is for, as callers name them. */
export type RecipientRef =
  | { readonly userId: string }
  | { readonly contactId: string }
  | { readonly phone: string }
  | { readonly email: string };

export type RecipientRefusal = {
  kind: "refused";
  /** Of the first that is no good. */
  index: number;
  code: "recipient_not_found" | "invalid_phone_number" | "invalid_email";
  message: string;
};

/** Where no person is known at the address, `personId` is null. */
export type Found = { personId: string | null; address: Address | null };
type Address = GivenAddress & { raw: string; country: string | null };

type Finding = {
  workspaceId: WorkspaceId;
  /** By which national numbers are read: ISO 3166-1 alpha-2. */
  country: string;
  refs: readonly RecipientRef[];
};

/**
 * The persons that are meant, in the order of the references; nothing is stored. An e-mail address is
 * first that of somebody who signs in by it.
 */
export async function findPersons(
  db: Database,
  { workspaceId, country, refs }: Finding,
): Promise<{ kind: "found"; persons: Found[] } | RecipientRefusal> {
  const addresses: (Address | null)[] = [];
  for (const [index, ref] of refs.entries()) {
    const read = readAddress(ref, country);
    if (read && "code" in read) return { kind: "refused", index, ...read };
    addresses.push(read);
  }
  const emails = addresses.flatMap((one) => (one?.kind === "email" ? [one.value] : []));
  const userIds = refs.flatMap((ref) => ("userId" in ref ? [ref.userId] : []));
  const members = await findMembers(db, { workspaceId, userIds, logins: emails });
  const known = await findKnownPersons(db, {
    workspaceId,
    ids: refs.flatMap((ref) => ("contactId" in ref ? [ref.contactId] : [])),
    at: addresses.flatMap((one) => (one ? [one] : [])),
  });
  const persons: Found[] = [];
  for (const [index, ref] of refs.entries()) {
    const address = addresses[index] ?? null;
    const personId =
      members.find((one) => isMember(one, ref, address))?.personId ??
      ("contactId" in ref && known.ids.has(ref.contactId) ? ref.contactId : null) ??
      (address && (known.byAddress.get(`${address.kind} ${address.value}`) ?? null));
    if (personId === null && address === null) return notFound(index, ref);
    persons.push({ personId, address });
  }
  return { kind: "found", persons };
}

type Member = Awaited<ReturnType<typeof findMembers>>[number];

function isMember(member: Member, ref: RecipientRef, address: Address | null) {
  if ("userId" in ref) return member.userId === ref.userId;
  return address?.kind === "email" && member.login === address.value;
}

function notFound(index: number, ref: RecipientRef): RecipientRefusal {
  const what = "userId" in ref ? "active user" : "contact";
  const message = `No ${what} of that id in this workspace`;
  return { kind: "refused", index, code: "recipient_not_found", message };
}

type Fault = Pick<RecipientRefusal, "code" | "message">;

function readAddress(ref: RecipientRef, country: string): Address | Fault | null {
  if ("phone" in ref) {
    const phone = normalisePhone(ref.phone, country);
    if (!phone.ok) return { code: phone.code, message: phone.message };
    return { kind: "phone", value: phone.e164, raw: ref.phone, country: phone.country };
  }
  if (!("email" in ref)) return null;
  const value = normaliseEmail(ref.email);
  if (value !== null) return { kind: "email", value, raw: ref.email, country: null };
  return { code: "invalid_email", message: "Not an e-mail address, like name@example.org" };
}

/** A person who is there now, and the address at which they were asked for. */
export type Met = { personId: string; address: Address | null };

/** The persons that are meant, made where nobody is known at an address; all or none. */
export async function meetPersons(
  deps: Pick<Deps, "chance" | "clock">,
  tx: Database,
  finding: Finding,
): Promise<{ kind: "met"; persons: Met[] } | RecipientRefusal> {
  const { workspaceId } = finding;
  const found = await findPersons(tx, finding);
  if (found.kind === "refused") return found;
  const ids = await makePersons(deps, tx, { workspaceId, found: found.persons });
  const persons = found.persons.map(({ address }, nth) => ({ personId: ids[nth] ?? "", address }));
  return { kind: "met", persons };
}

type Making = { workspaceId: WorkspaceId; found: readonly Found[] };

/** The same, with persons made for the addresses that nobody has. Returns their ids in order. */
async function makePersons(
  deps: Pick<Deps, "chance" | "clock">,
  tx: Database,
  { workspaceId, found }: Making,
): Promise<string[]> {
  const { uuid } = deps.chance;
  const missing = new Map(
    found.flatMap(({ personId, address }) =>
      personId === null && address ? [[`${address.kind} ${address.value}`, address]] : [],
    ),
  );
  const of = [...missing.values()]
    .sort((a, b) => (a.value < b.value ? -1 : 1))
    .map((address) => ({ personId: uuid(), address: { id: uuid(), ...address } }));
  const made = await findOrCreatePersons(tx, { workspaceId, of, now: deps.clock.now() });
  return found.map(({ personId, address }) => {
    const id = personId ?? (address && made.get(`${address.kind} ${address.value}`));
    if (!id) throw new Error("an upsert returns its row");
    return id;
  });
}
