import type { Administrator } from "../domain/viewer";
import type { Role } from "../domain/words";
import { allOrNothing } from "../operations/all-or-nothing";
import type { Deps } from "../ports/deps";
import { type CreateUserOutcome, createUser } from "./create-user";
import { type SetPhoneOutcome, setPhoneNumber } from "./set-phone-number";

type Input = {
  email: string;
  name: string;
  role: Role;
  password?: string;
  phoneNumber?: string | null;
};

export type AddUserOutcome =
  | CreateUserOutcome
  | Exclude<SetPhoneOutcome, { kind: "saved" } | { kind: "not_found" }>;

/** R007: a new user with their phone number; a number that cannot be theirs makes nobody. */
export function addUser(deps: Deps, by: Administrator, input: Input): Promise<AddUserOutcome> {
  const { phoneNumber, ...user } = input;
  return allOrNothing<AddUserOutcome>(deps, {
    isGood: (outcome) => outcome.kind === "created",
    run: async (within) => {
      const created = await createUser(within, by, user);
      if (created.kind !== "created" || !phoneNumber) return created;
      const saved = await setPhoneNumber(within, by, { userId: created.userId, phoneNumber });
      return saved.kind === "saved" || saved.kind === "not_found" ? created : saved;
    },
  });
}
