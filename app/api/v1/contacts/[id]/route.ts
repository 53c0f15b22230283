import { findContact } from "@/db/queries/persons";
import { deleteContact } from "@/lib/contacts/delete-contact";
import { updateContact } from "@/lib/contacts/update-contact";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { addressProblem, toContact } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getContact, async ({ deps, caller, params }) => {
  const contact = await findContact(deps.db, caller.workspaceId, params.id);
  return contact ? { status: 200, body: toContact(contact) } : { problem: notFound() };
});

const update = apiRoute(operations.updateContact, async ({ deps, caller, params, body }) => {
  const { workspaceId } = caller;
  const outcome = await updateContact(deps, { workspaceId, personId: params.id, contact: body });
  switch (outcome.kind) {
    case "updated":
      return { status: 200, body: toContact(outcome.contact) };
    case "contact_not_found":
      return { problem: notFound() };
    default:
      return { problem: addressProblem(outcome) };
  }
});

const remove = apiRoute(operations.deleteContact, async ({ deps, caller, params }) => {
  const { workspaceId } = caller;
  const { kind } = await deleteContact(deps, { workspaceId, personId: params.id });
  switch (kind) {
    case "deleted":
      return { status: 204 };
    case "contact_not_found":
      return { problem: notFound() };
    case "contact_is_user":
      return { problem: { status: 409, code: kind, detail: "They sign in here: see /users" } };
    case "contact_has_history": {
      const detail = "Conversations and words of consent are kept as proof";
      return { problem: { status: 409, code: kind, detail } };
    }
    default:
      return kind satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: read,
  PATCH: update,
  DELETE: remove,
});
