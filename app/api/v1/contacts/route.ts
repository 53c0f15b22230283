import { listContacts } from "@/db/queries/persons";
import { createContact } from "@/lib/contacts/create-contact";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { addressProblem, toContact } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listContacts, async ({ deps, caller, query }) => {
  const page = await listContacts(deps.db, caller.workspaceId, query);
  return {
    status: 200,
    body: { data: page.contacts.map(toContact), nextCursor: page.nextCursor },
  };
});

const create = apiRoute(operations.createContact, async ({ deps, caller, body }) => {
  const { workspaceId } = caller;
  const outcome = await createContact(deps, { workspaceId, contact: body });
  if (outcome.kind !== "created") return { problem: addressProblem(outcome) };
  const { contact } = outcome;
  return {
    status: 201,
    body: toContact(contact),
    headers: { location: `/api/v1/contacts/${contact.id}` },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
