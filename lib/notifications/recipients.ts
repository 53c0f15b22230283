import type { Database } from "../../db/client";
import { findRecent, findRecentAlerts } from "../../db/queries/notification-history";
import { findNotificationRules, type NotificationRules } from "../../db/queries/notification-rules";
import { findRecipients, type OwnPlace } from "../../db/queries/recipients";
import { findBook } from "../../db/queries/templates";
import type { RecentAlerts } from "../domain/deciding/high-frequency";
import { DEFAULT_PREFERENCES, type Preferences } from "../domain/deciding/preferences";
import type { NotificationChannel } from "../domain/deciding/words";
import { findApproved, type TemplateBook, wordApproved } from "../domain/templates/template-book";
import type { Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { zoneOfNumber } from "../domain/zone-of-number";
import { findReach, findSenders, type GivenAddress, type Reach } from "./reach";

/** A person as the gates see them. What leaves is added to their history by who decides. */
export type Recipient = {
  readonly personId: string;
  readonly isUser: boolean;
  /** null: nobody has said. */
  readonly name: string | null;
  readonly locale: Locale;
  readonly zone: string;
  readonly preferences: Preferences;
  /** What the workspace says in the place of the shipped words. */
  readonly templates: TemplateBook;
  readonly reach: (asked: Asked) => Reach;
  readonly left: Date[];
  /** By type, until when more of it are gathered. */
  readonly windows: Map<string, Date>;
  /** What came within the seconds in which alerts can come too often. */
  recentAlerts: RecentAlerts;
};

/** When what was told to them left, but for one that left at a moment; null: with all of it. */
export function leftBesides({ left }: Pick<Recipient, "left">, one: Date | null): Date[] {
  const nth = left.findIndex((moment) => moment.getTime() === one?.getTime());
  return left.filter((_, index) => index !== nth);
}

/** One of the departures at a moment has come to nothing, or counts by a later one; null: none has. */
export function forgetDeparture({ left }: Pick<Recipient, "left">, one: Date | null): void {
  const nth = left.findIndex((moment) => moment.getTime() === one?.getTime());
  if (nth !== -1) left.splice(nth, 1);
}

type Asked = {
  readonly channel: NotificationChannel;
  /** An address asked for, in the place of the person's own. */
  readonly given: GivenAddress | null;
  /** Whose template is filled, and with what; null: somebody's own words. */
  readonly told: Told | null;
};

type Told = { readonly event: string; readonly data: Readonly<Record<string, unknown>> };

type Reading = {
  workspaceId: WorkspaceId;
  personIds: readonly string[];
  /** Keys of the types of what is told. */
  types: readonly string[];
  /** Where the caller has read them already. */
  rules?: NotificationRules;
  preferences: ReadonlyMap<string, Preferences>;
  at: Date;
};

const HOUR_MS = 3_600_000;
const NO_ALERTS: RecentAlerts = { count: 0, isTold: false };

/**
 * All that the gates ask about persons, by id. Whoever then sends holds their preferences, so that nothing
 * of it changes before their decision is written.
 */
export async function readRecipients(
  db: Database,
  { workspaceId, personIds, types, rules: known, preferences, at }: Reading,
): Promise<{ rules: NotificationRules; recipients: Map<string, Recipient> }> {
  const of = { workspaceId, personIds };
  const rules = known ?? (await findNotificationRules(db, workspaceId));
  // One connection keeps their order; nobody waits for an answer in between.
  const [senders, rows, templates, history] = await Promise.all([
    findSenders(db, of, { senders: rules.senders, at }),
    findRecipients(db, of),
    readBook(db, { workspaceId, types, rules }),
    readHistory(db, { ...of, at, rules }),
  ]);
  const recipients = rows.map((row): [string, Recipient] => {
    const places = row.userEmail ? [...row.places, loginAddress(row.userEmail)] : row.places;
    const phone = row.places.find(({ kind }) => kind === "phone")?.value;
    const zone = row.timeZone ?? (phone && zoneOfNumber(phone)) ?? rules.zone;
    return [
      row.personId,
      {
        personId: row.personId,
        isUser: row.userId !== null,
        name: row.name,
        locale: row.locale,
        zone,
        preferences: preferences.get(row.personId) ?? DEFAULT_PREFERENCES,
        templates,
        reach: ({ told, ...asked }) => {
          const hasApproved = approvals(templates, { told, locale: row.locale, zone });
          const who = { of: row.personId, isUser: row.userId !== null };
          return findReach({ ...asked, ...who, places, senders, hasApproved });
        },
        ...history(row.personId),
      },
    ];
  });
  return { rules, recipients: new Map(recipients) };
}

/** Nothing is asked where the workspace has no words of its own about any of it. */
async function readBook(
  db: Database,
  {
    workspaceId,
    types,
    rules,
  }: { rules: NotificationRules } & Pick<Reading, "workspaceId" | "types">,
): Promise<TemplateBook> {
  const { brand, wordedEvents } = rules;
  const isWorded = types.some((type) => wordedEvents.includes(type));
  if (isWorded) return findBook(db, { workspaceId, events: types });
  return { workspaceId, brand, own: new Map(), contents: new Map() };
}

/** Does an integration have an approved text about an event, and does its data fill it? */
function approvals(
  book: TemplateBook,
  { told, locale, zone }: { told: Told | null; locale: Locale; zone: string },
): (integrationId: string) => boolean {
  return (integrationId) => {
    if (told === null) return false;
    const found = findApproved(book, { ...told, locale, integrationId });
    return found !== null && wordApproved(found, { ...told, zone }) !== null;
  };
}

/** Who signs in by an address reads it: an invitation or the first owner's link went there. */
function loginAddress(value: string): OwnPlace {
  return { kind: "email", value, isVerified: true };
}

type Stranger = Pick<Reading, "workspaceId" | "types" | "at"> & {
  given: GivenAddress;
  rules: NotificationRules;
};

/** Somebody whom nobody here knows yet, for an explanation: nothing is stored about them. */
export async function readStranger(
  db: Database,
  { workspaceId, given, types, rules, at }: Stranger,
): Promise<Recipient> {
  const [senders, templates] = await Promise.all([
    findSenders(db, { workspaceId, personIds: [] }, { senders: rules.senders, at }),
    readBook(db, { workspaceId, types, rules }),
  ]);
  // As who is met for the first time is written to.
  const { locale } = rules;
  const zone = (given.kind === "phone" ? zoneOfNumber(given.value) : null) ?? rules.zone;
  return {
    personId: "",
    isUser: false,
    name: null,
    locale,
    zone,
    preferences: DEFAULT_PREFERENCES,
    templates,
    reach: ({ told, ...asked }) => {
      const hasApproved = approvals(templates, { told, locale, zone });
      return findReach({ ...asked, places: [], senders, of: "", isUser: false, hasApproved });
    },
    left: [],
    windows: new Map(),
    recentAlerts: NO_ALERTS,
  };
}

type HistoryOf = Pick<Reading, "workspaceId" | "personIds" | "at"> & { rules: NotificationRules };

/** What left within the hour, what is being gathered, and how many alerts came. */
async function readHistory(db: Database, { workspaceId, personIds, at, rules }: HistoryOf) {
  const of = { workspaceId, personIds };
  const before = (ms: number) => new Date(at.getTime() - ms);
  const gatheredMs = rules.aggregationSeconds * 1000;
  const { frequency } = rules;
  const [recent, alerts] = await Promise.all([
    findRecent(db, { ...of, leftSince: before(HOUR_MS), openedSince: before(gatheredMs) }),
    frequency ? findRecentAlerts(db, { ...of, since: before(frequency.seconds * 1000) }) : null,
  ]);
  return (personId: string): Pick<Recipient, "left" | "windows" | "recentAlerts"> => ({
    recentAlerts: alerts?.get(personId) ?? NO_ALERTS,
    // Another machine's clock may be ahead of ours: what it let leave has left.
    left: recent.flatMap((one) =>
      one.personId === personId && one.opened === null ? [one.at > at ? at : one.at] : [],
    ),
    windows: new Map(
      recent.flatMap((one) =>
        one.personId === personId && one.opened !== null
          ? [[one.opened, new Date(one.at.getTime() + gatheredMs)] as const]
          : [],
      ),
    ),
  });
}
