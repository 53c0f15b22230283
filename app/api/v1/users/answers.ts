import type { z } from "zod";
import type { Member } from "@/db/queries/users";
import type { AddUserOutcome } from "@/lib/auth/add-user";
import type { UpdateUserOutcome } from "@/lib/auth/update-user";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { user } from "./schema";

export function toUser(row: Member): z.input<typeof user> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    phoneNumber: row.phoneNumber,
    isActive: row.isActive,
    locale: row.locale,
    timeZone: row.timeZone,
    createdAt: row.createdAt.toISOString(),
  };
}

type Refusal =
  | Exclude<AddUserOutcome, { kind: "created" }>
  | Exclude<UpdateUserOutcome, { kind: "updated" }>;

export function userProblem(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case "not_found":
      return notFound();
    case "forbidden":
      return {
        status: 403,
        code: "role_too_high",
        detail: "Nobody gives out, or touches, a role above their own",
      };
    case "last_owner":
      return { status: 409, code: refusal.kind, detail: "Make somebody else an owner first" };
    case "email_taken":
      return {
        status: 409,
        code: refusal.kind,
        detail: "An account has this address already: invite it instead",
      };
    case "number_taken":
      return {
        status: 409,
        code: refusal.kind,
        detail: "Another person of the workspace has this number",
      };
    case "invalid_email":
      return invalid([{ path: "email", message: "Not an e-mail address" }], refusal.kind);
    case "weak_password": {
      const message = PASSWORD_FAULTS[refusal.fault];
      return invalid([{ path: "password", message }], refusal.kind);
    }
    case "invalid_phone_number":
      return invalid([{ path: "phoneNumber", message: refusal.message }], refusal.kind);
    default:
      return refusal satisfies never;
  }
}

const PASSWORD_FAULTS = {
  password_too_short: "At least 10 characters",
  password_too_long: "At most 200 characters",
  password_too_simple: "Too simple: not the e-mail address, and at least 5 different characters",
};
