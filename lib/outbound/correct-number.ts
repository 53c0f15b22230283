import type { Database } from "../../db/client";
import { addressesOf, ownersOfAddresses } from "../../db/queries/persons";
import { findOpenTask, type TaskRow } from "../../db/queries/tasks";
import { findWorkspaceCountry } from "../../db/queries/workspace-country";
import { lockPerson, patchPerson, putAddresses } from "../../db/writes/persons";
import { moveConversations } from "../../db/writes/tasks";
import { readAddresses } from "../contacts/contact-addresses";
import { takenBack } from "../contacts/create-contact";
import { personSearchText } from "../domain/fold-for-search";
import type { Deps } from "../ports/deps";
import {
  announceResolved,
  endTask,
  letGo,
  NOT_FOUND,
  type ResolveNeeds,
  type ResolveOutcome,
  type Resolver,
} from "./resolve-bad-number";

export type CorrectOutcome =
  | ResolveOutcome
  | { kind: "invalid_phone_number"; message: string }
  /** That is the number that is no good. */
  | { kind: "same_number" }
  /** Somebody else has it. */
  | { kind: "address_taken"; personId: string };

type Needs = ResolveNeeds & Pick<Deps, "chance">;

/**
 * The person has another number: it takes the place of the bad one, their conversations go on at it, and
 * what waited leaves for it. Broken off after the first step, the task is still there and takes the same
 * number again.
 */
export async function correctNumber(
  deps: Needs,
  by: Resolver,
  { taskId, number }: { taskId: string; number: string },
): Promise<CorrectOutcome> {
  const task = await findOpenTask(deps.db, by, taskId);
  if (!task) return NOT_FOUND;
  const country = await findWorkspaceCountry(deps.db, task.workspaceId);
  const read = readAddresses(deps, [{ kind: "phone", value: number }], country);
  if (!read.ok) return { kind: "invalid_phone_number", message: read.fault.message };
  const [address] = read.addresses;
  if (!address) throw new Error("one address was given");
  if (address.value === task.address) return { kind: "same_number" };
  const taken = await takenBack(deps.db, (tx) => replaceAddress(deps, tx, { task, address }));
  if (taken) {
    const owners = await ownersOfAddresses(deps.db, task.workspaceId, [taken]);
    return { kind: "address_taken", personId: owners.get(`${taken.kind} ${taken.value}`) ?? "" };
  }
  const sent = await letGo(deps, by, { task, to: address.value });
  await endTask(deps, by, { task, resolution: "corrected" });
  return announceResolved(deps, sent);
}

type Replacement = {
  task: TaskRow;
  address: Parameters<typeof putAddresses>[2]["wanted"][number];
};

async function replaceAddress(
  { clock }: Pick<Deps, "clock">,
  tx: Database,
  { task, address }: Replacement,
) {
  const { workspaceId, personId } = task;
  const now = clock.now();
  const person = await lockPerson(tx, workspaceId, personId);
  if (!person) return [];
  const held = await addressesOf(tx, workspaceId, personId);
  const kept = held.filter(({ kind, value }) => !(kind === "phone" && value === task.address));
  const wanted = [...kept.map((one) => ({ ...one, ...UNCHANGED })), address];
  const taken = await putAddresses(tx, person, { wanted, now });
  const searchText = personSearchText({ ...person, addresses: wanted.map(({ value }) => value) });
  await patchPerson(tx, person, { searchText, updatedAt: now });
  await moveConversations(tx, { workspaceId, personId, from: task.address, to: address.value });
  return taken;
}

/** Of an address that stays as it is only kind and value are looked at. */
const UNCHANGED = { id: "", raw: "", country: null };
