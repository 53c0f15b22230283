import type { z } from "zod";
import type { Contact } from "@/db/queries/persons";
import type { AddressFault } from "@/lib/contacts/contact-addresses";
import type { AddressTaken } from "@/lib/contacts/create-contact";
import { invalid } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { contact } from "./schema";

export function toContact(row: Contact): z.input<typeof contact> {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    notes: row.notes,
    locale: row.locale,
    timeZone: row.timeZone,
    profileName: row.profileName,
    attributes: row.attributes,
    addresses: row.addresses,
    isBlocked: row.blockedAt !== null,
    userId: row.userId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function addressProblem(outcome: AddressFault | AddressTaken): Problem {
  switch (outcome.kind) {
    case "invalid_address": {
      const path = `addresses.${outcome.index}.value`;
      return invalid([{ path, message: outcome.message }], outcome.code);
    }
    case "address_taken":
      return {
        status: 409,
        code: "address_taken",
        detail: `${outcome.address.value} belongs to another person already`,
        data: { contactId: outcome.personId },
      };
    default:
      return outcome satisfies never;
  }
}
