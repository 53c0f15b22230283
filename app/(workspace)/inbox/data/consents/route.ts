import { z } from "zod";
import { listConsents } from "@/db/queries/consents";
import { findContact } from "@/db/queries/persons";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../inbox-read";

export const dynamic = "force-dynamic";

const query = z.object({
  personId: z.uuid(),
  before: z.coerce.number().int().min(1).optional(),
});

const PAGE = 30;

/** A page of what a person said about being written to: `{ entries, nextBefore }`. */
export const GET = inboxRead(query, async (viewer, { personId, before }) => {
  const { db } = getDeps();
  if (!(await findContact(db, viewer.workspaceId, personId))) return null;
  return listConsents(db, viewer, { personId, before: before ?? null, limit: PAGE });
});
