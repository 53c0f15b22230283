import { listConsents } from "@/db/queries/consents";
import { findContact } from "@/db/queries/persons";
import { recordConsent } from "@/lib/contacts/record-consent";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { toConsent } from "../../../consents/answers";
import * as operations from "../../../consents/schema";

const list = apiRoute(operations.listConsents, async ({ deps, caller, params, query }) => {
  const contact = await findContact(deps.db, caller.workspaceId, params.id);
  if (!contact) return { problem: notFound() };
  const { limit, cursor } = query;
  const before = cursor === undefined ? null : Number(cursor);
  const page = await listConsents(deps.db, caller, { personId: params.id, before, limit });
  const nextCursor = page.nextBefore === null ? null : String(page.nextBefore);
  return { status: 200, body: { data: page.entries.map(toConsent), nextCursor } };
});

const record = apiRoute(operations.recordConsent, async ({ deps, caller, params, body }) => {
  const personId = params.id;
  const outcome = await recordConsent(deps, caller, { personId, ...body });
  switch (outcome.kind) {
    case "recorded": {
      const { entries } = await listConsents(deps.db, caller, { personId, before: null, limit: 1 });
      const [entry] = entries;
      return entry ? { status: 201, body: toConsent(entry) } : { problem: notFound() };
    }
    case "person_not_found":
    case "integration_not_found":
      return { problem: notFound() };
    case "no_address": {
      const detail = `This contact has no address for ${outcome.channel}`;
      return { problem: { status: 422, code: outcome.kind, detail } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: record });
