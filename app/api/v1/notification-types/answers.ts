import type { z } from "zod";
import {
  isReported,
  type RegisteredType,
  shipsTemplates,
} from "@/lib/domain/notification-types/registry";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { SaveTypeOutcome } from "@/lib/notifications/save-type";
import type { getNotificationType } from "./schema";

type Shown = z.input<NonNullable<(typeof getNotificationType)["response"]["schema"]>>;

/** @param templated keys of the types that the workspace has templates of */
export function toType(type: RegisteredType, templated: ReadonlySet<string>): Shown {
  const { severities, defaultChannels, reminder: _, ...rest } = type;
  return {
    ...rest,
    severity: severities[0],
    severities: [...severities],
    channels: [...defaultChannels],
    variables: type.variables.map((one) => ({ ...one, examples: { ...one.examples } })),
    replyCodes: [...type.replyCodes],
    canceledBy: [...type.canceledBy],
    reminderPlan: type.reminderPlan.map(({ condition, ...step }) => {
      return { ...step, condition: condition && { ...condition, oneOf: [...condition.oneOf] } };
    }),
    isReported: isReported(type),
    hasTemplate: shipsTemplates(type) || templated.has(type.key),
  };
}

/** Why a type was not saved. */
export function typeProblem(outcome: Exclude<SaveTypeOutcome, { kind: "saved" }>): Problem {
  switch (outcome.kind) {
    case "invalid": {
      const errors = outcome.faults.map(({ path, message }) => ({ path, message }));
      return invalid(errors, outcome.faults[0]?.code);
    }
    case "key_taken":
      return { status: 409, code: "key_taken", detail: "There is a type of this key already" };
    case "fixed": {
      const message = "Belongs to the ready set, whose templates rely on it: leave it out";
      return invalid(
        outcome.fields.map((path) => ({ path, message })),
        "fixed_by_set",
      );
    }
    case "not_found":
      return notFound();
    default:
      return outcome satisfies never;
  }
}
