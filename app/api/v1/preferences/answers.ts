import type { z } from "zod";
import { listOwnAddresses } from "@/db/queries/addresses";
import { findClaimedNumber } from "@/db/queries/phone-claims";
import { findPreferences } from "@/db/queries/preferences";
import { findRecipients, personOfMember } from "@/db/queries/recipients";
import { type ChangePreferencesOutcome, changePreferences } from "@/lib/auth/change-preferences";
import { DEFAULT_PREFERENCES } from "@/lib/domain/deciding/preferences";
import { findNotificationType } from "@/lib/domain/notification-types/find-type";
import type { Caller } from "@/lib/domain/viewer";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import { readTypes } from "@/lib/notifications/read-types";
import type { PreferenceChanges } from "@/lib/notifications/save-preferences";
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
  const problem = changes ? await findUnknownType({ deps, caller }, personId, changes) : null;
  if (problem) return { problem };
  if (changes) {
    const outcome = await changePreferences(deps, { acting: caller, person, changes });
    const refusal = numberProblem(outcome);
    if (refusal) return { problem: refusal };
  }
  const [now = person] = changes ? await findRecipients(deps.db, of) : [];
  const found = (await findPreferences(deps.db, of)).get(personId) ?? DEFAULT_PREFERENCES;
  const addresses = await listOwnAddresses(deps.db, { workspaceId, personId });
  const claimed = await findClaimedNumber(deps.db, { workspaceId, personId, kind: "whatsapp" });
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
    claimedWhatsappNumber: claimed,
  };
  return { status: 200 as const, body };
}

function numberProblem(outcome: ChangePreferencesOutcome): Problem | null {
  switch (outcome.kind) {
    case "saved":
    case "code_sent":
      return null;
    case "invalid_phone_number":
    case "number_taken":
      return invalid([{ path: "whatsappNumber", message: outcome.message }], outcome.kind);
    case "refused": {
      const message = `No code can be sent there by SMS: ${outcome.reason}`;
      return invalid([{ path: "whatsappNumber", message }], "code_not_sent");
    }
    case "throttled":
      return throttled(outcome);
    default:
      return outcome satisfies never;
  }
}

/** Too many codes were asked for, or tried. */
export function throttled({ waitSeconds }: { waitSeconds: number }): Problem {
  const detail = `Too many codes: try again in ${waitSeconds} s`;
  const headers = { "retry-after": String(waitSeconds) };
  return { status: 429, code: "throttled", detail, headers };
}

/** A type that is to be off and that there is not; one that is off already may have gone since. */
async function findUnknownType(
  { deps, caller }: Context,
  personId: string,
  { types = [], mutedTypes = {} }: PreferenceChanges,
) {
  const off = [
    ...types.map((key, nth) => ({ key, path: `types.${nth}` })),
    ...Object.keys(mutedTypes).map((key) => ({ key, path: `mutedTypes.${key}` })),
  ];
  if (off.length === 0) return null;
  const { workspaceId } = caller;
  const registry = await readTypes(deps.db, workspaceId);
  const held = await findPreferences(deps.db, { workspaceId, personIds: [personId] });
  const { types: before, mutedTypes: muted } = held.get(personId) ?? DEFAULT_PREFERENCES;
  const unknown = off.find(({ key }) => {
    return !findNotificationType(registry, key) && !before.includes(key) && !(key in muted);
  });
  if (!unknown) return null;
  return invalid([{ path: unknown.path, message: "No such type in this workspace" }]);
}
