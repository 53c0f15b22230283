import type { z } from "zod";
import { listOwnAddresses } from "@/db/queries/addresses";
import { findPreferences } from "@/db/queries/preferences";
import { findRecipients, personOfMember } from "@/db/queries/recipients";
import { DEFAULT_PREFERENCES } from "@/lib/domain/deciding/preferences";
import { findNotificationType } from "@/lib/domain/notification-types/find-type";
import type { Caller } from "@/lib/domain/viewer";
import { invalid, notFound } from "@/lib/http/api";
import { readTypes } from "@/lib/notifications/read-types";
import {
  type PreferenceChanges,
  type SavePreferencesOutcome,
  savePreferences,
} from "@/lib/notifications/save-preferences";
import type { Deps } from "@/lib/ports/deps";
import type { getMyPreferences } from "./schema";

type Context = { deps: Deps; caller: Caller };
type Body = z.input<(typeof getMyPreferences)["response"]["schema"] & z.ZodType>;

/** The person behind a user of this workspace; null: nobody is. */
export async function personOfUser({ deps, caller }: Context, userId: string | null) {
  if (userId === null) return null;
  return personOfMember(deps.db, { workspaceId: caller.workspaceId, userId });
}

/** The caller's own person; null: it is an API key. */
export function ownPerson(context: Context) {
  const { actor } = context.caller;
  return personOfUser(context, actor.kind === "user" ? actor.userId : null);
}

/** Reads a person's preferences, after they are changed where there are changes. */
export async function answerPreferences(
  { deps, caller }: Context,
  personId: string | null,
  changes?: PreferenceChanges,
) {
  const { workspaceId } = caller;
  if (personId === null) return { problem: notFound() };
  const of = { workspaceId, personIds: [personId] };
  const [person] = await findRecipients(deps.db, of);
  if (!person) return { problem: notFound() };
  const problem = await findUnknownType({ deps, caller }, personId, changes?.types ?? []);
  if (problem) return { problem };
  if (changes) {
    const outcome = await savePreferences(deps, { acting: caller, person, changes });
    if (outcome.kind !== "saved") return { problem: numberProblem(outcome) };
  }
  const [now = person] = changes ? await findRecipients(deps.db, of) : [];
  const found = (await findPreferences(deps.db, of)).get(personId) ?? DEFAULT_PREFERENCES;
  const addresses = await listOwnAddresses(deps.db, { workspaceId, personId });
  const body: Body = {
    ...found,
    enabledChannels: [...found.enabledChannels],
    quietHours: found.quietHours.map((hours) => ({ ...hours, days: [...hours.days] })),
    categories: Object.fromEntries(
      Object.entries(found.categories).map(([key, channels]) => [key, [...channels]]),
    ),
    types: [...found.types],
    mutedTypes: { ...found.mutedTypes },
    mutedUntil: found.mutedUntil?.toISOString() ?? null,
    timeZone: now.timeZone,
    locale: now.locale,
    whatsappNumber: addresses.find(({ kind }) => kind === "whatsapp")?.value ?? null,
  };
  return { status: 200 as const, body };
}

/** A type that is to be off and that there is not; one that is off already may have gone since. */
async function findUnknownType(
  { deps, caller }: Context,
  personId: string,
  off: readonly string[],
) {
  if (off.length === 0) return null;
  const { workspaceId } = caller;
  const types = await readTypes(deps.db, workspaceId);
  const held = await findPreferences(deps.db, { workspaceId, personIds: [personId] });
  const before = held.get(personId)?.types ?? [];
  const nth = off.findIndex((key) => !findNotificationType(types, key) && !before.includes(key));
  if (nth < 0) return null;
  return invalid([{ path: `types.${nth}`, message: "No such type in this workspace" }]);
}

function numberProblem({ kind, message }: Exclude<SavePreferencesOutcome, { kind: "saved" }>) {
  return invalid([{ path: "whatsappNumber", message }], kind);
}
