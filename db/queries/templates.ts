import { and, asc, desc, eq, gte, inArray, ne, or, sql } from "drizzle-orm";
import {
  type Template,
  variablesOfEvent,
  withReplyHint,
} from "../../lib/domain/templates/template";
import type { ProviderContent, TemplateBook } from "../../lib/domain/templates/template-book";
import { placeKey } from "../../lib/domain/templates/template-id";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import {
  integrations,
  messages,
  notifications,
  templates,
  templateVersions,
  users,
  whatsappTemplates,
  workspaces,
} from "../schema";
import { amongTexts, textList } from "./among";

type TemplateRow = typeof templates.$inferSelect;

/** A workspace's own template, and who wrote it last when. */
export type OwnTemplate = Template & Pick<TemplateRow, "createdAt" | "updatedAt">;

/** The variables of a ready type are the type's: they grow with it. */
export function toTemplate(row: TemplateRow): OwnTemplate {
  return { ...row, variables: variablesOfEvent(row) ?? row.variables };
}

/** All that the workspace has written, in the order in which it was begun. */
export async function listOwnTemplates(
  db: Database,
  workspaceId: WorkspaceId,
): Promise<OwnTemplate[]> {
  const rows = await db
    .select()
    .from(templates)
    .where(eq(templates.workspaceId, workspaceId))
    .orderBy(asc(templates.createdAt), asc(templates.id));
  return rows.map(toTemplate);
}

/** The events that the workspace has words of its own about, in use. */
export async function findTemplatedEvents(
  db: Database,
  workspaceId: WorkspaceId,
): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ event: templates.event })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.isActive, true)));
  return new Set(rows.map(({ event }) => event));
}

/** null: the workspace has written none of that id. */
export async function findOwnTemplate(
  db: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
): Promise<OwnTemplate | null> {
  const [row] = await db
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id)));
  return row ? toTemplate(row) : null;
}

type BookOf = { workspaceId: WorkspaceId; events: readonly string[] };

const bookOf = rememberQuery((db, given: Given<"workspaceId" | "events">) =>
  db
    .select({ brand: workspaces.name, template: templates })
    .from(workspaces)
    .leftJoin(
      templates,
      and(
        eq(templates.workspaceId, workspaces.id),
        amongTexts(templates.event, given("events")),
        eq(templates.isActive, true),
      ),
    )
    .where(eq(workspaces.id, given("workspaceId"))),
);

/** The active words of these events, with the approved texts that may stand in for them. */
export async function findBook(
  db: Database,
  { workspaceId, events }: BookOf,
): Promise<TemplateBook> {
  const rows = await bookOf(db, { workspaceId, events: textList([...new Set(events)]) });
  const [first] = rows;
  if (!first) throw new Error("a workspace id is of a workspace");
  const own = rows.flatMap(({ template }) => (template ? [toTemplate(template)] : []));
  const contents = await findContents(db, { workspaceId, own });
  return {
    workspaceId,
    brand: first.brand,
    own: new Map(own.map((one) => [placeKey(one), one])),
    contents,
  };
}

type ContentsOf = { workspaceId: WorkspaceId; own: readonly Pick<Template, "approved">[] };

/** The approved texts that these templates name, by `<integration> <content SID>`. */
export async function findContents(
  db: Database,
  { workspaceId, own }: ContentsOf,
): Promise<Map<string, ProviderContent>> {
  const sids = own.flatMap(({ approved }) =>
    Object.values(approved).map(({ contentSid }) => contentSid),
  );
  if (sids.length === 0) return new Map();
  const rows = await db
    .select({ integrationId: integrations.id, text: whatsappTemplates })
    .from(whatsappTemplates)
    .innerJoin(integrations, eq(integrations.accountId, whatsappTemplates.accountId))
    .where(
      and(
        eq(whatsappTemplates.workspaceId, workspaceId),
        eq(whatsappTemplates.status, "approved"),
        eq(integrations.type, "whatsapp"),
        inArray(whatsappTemplates.contentSid, sids),
      ),
    );
  return new Map(
    rows.map(({ integrationId, text }) => [`${integrationId} ${text.contentSid}`, text]),
  );
}

/** The newest sends that are counted, of each template. */
const COUNTED = 1000;

export type TemplateUsage = {
  templateId: string;
  lastUsedAt: Date;
  /** How many ended, and how many of them well. */
  ended: number;
  succeeded: number;
};

/** How the last sends of each of these templates went; those that were never sent are left out. */
export async function findTemplateUsage(
  db: Database,
  { workspaceId, ids }: { workspaceId: WorkspaceId; ids: readonly string[] },
): Promise<TemplateUsage[]> {
  if (ids.length === 0) return [];
  const list = sql.join(
    ids.map((id) => sql`(${id}::uuid)`),
    sql`, `,
  );
  const rows = await db.execute<{
    template_id: string;
    last_used_at: string;
    ended: number;
    succeeded: number;
  }>(sql`
    select t.id as template_id, max(m.created_at) as last_used_at,
      (count(*) filter (where m.status in ('sent', 'delivered', 'read', 'undelivered', 'failed',
        'expired')))::int as ended,
      (count(*) filter (where m.status in ('sent', 'delivered', 'read')))::int as succeeded
    from (values ${list}) t(id)
    cross join lateral (
      select created_at, status from ${messages}
      where template_id = t.id and workspace_id = ${workspaceId}
      order by created_at desc limit ${COUNTED}
    ) m
    group by t.id`);
  return rows.map((row) => ({
    templateId: row.template_id,
    lastUsedAt: new Date(row.last_used_at),
    ended: row.ended,
    succeeded: row.succeeded,
  }));
}

/** Was anything written with it since a moment? */
export async function isTemplateUsed(
  db: Database,
  { workspaceId, id, since }: { workspaceId: WorkspaceId; id: string; since: Date },
): Promise<boolean> {
  const [row] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.templateId, id),
        gte(messages.createdAt, since),
      ),
    )
    .limit(1);
  return row !== undefined;
}

type Refs = {
  workspaceId: WorkspaceId;
  /** Each an id, the name of a custom one, or the key of a type. */
  refs: readonly string[];
};

/** The active templates that names can mean, by name, on every channel and in every language. */
export async function findTemplatesByRefs(
  db: Database,
  { workspaceId, refs }: Refs,
): Promise<Map<string, Template[]>> {
  if (refs.length === 0) return new Map();
  // In small letters by us: a server of the locale C knows those of English alone.
  const given = [...new Set(refs)].map((ref) => ({ ref, small: ref.toLowerCase() }));
  const named = sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) r(ref text, small text)`;
  const isMeant = or(
    sql`${templates.id}::text = r.small`,
    and(eq(templates.event, "custom"), sql`lower(${templates.name}) = r.small`),
    and(ne(templates.event, "custom"), sql`${templates.event} = r.ref`),
  );
  const rows = await db
    .select({ ref: sql<string>`r.ref`, template: templates })
    .from(templates)
    .innerJoin(named, isMeant)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.isActive, true)));
  const byRef = new Map<string, Template[]>();
  for (const { ref, template } of rows) {
    byRef.set(ref, [...(byRef.get(ref) ?? []), toTemplate(template)]);
  }
  return byRef;
}

type Filled = {
  workspaceId: WorkspaceId;
  template: Pick<Template, "id" | "channel" | "locale">;
};

/** What filled it when it was last sent, what could be answered included; null: it never was. */
export async function findLastData(
  db: Database,
  { workspaceId, template: { id, channel, locale } }: Filled,
): Promise<Readonly<Record<string, unknown>> | null> {
  const [row] = await db
    .select({
      told: notifications.data,
      codes: notifications.replyCodes,
      given: messages.templateData,
    })
    .from(messages)
    .leftJoin(notifications, eq(notifications.id, messages.notificationId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.templateId, id)))
    .orderBy(desc(messages.createdAt))
    .limit(1);
  if (!row?.told) return row?.given ?? null;
  return withReplyHint(row.told, row.codes ?? [], { channel, locale });
}

export type TemplateVersion = Awaited<ReturnType<typeof listTemplateVersions>>[number];

/** The newest first, with the name of who saved it; null: an API key, or somebody who is gone. */
export async function listTemplateVersions(
  db: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
) {
  return db
    .select({
      version: templateVersions.version,
      name: templateVersions.name,
      subject: templateVersions.subject,
      body: templateVersions.body,
      isActive: templateVersions.isActive,
      variables: templateVersions.variables,
      approved: templateVersions.approved,
      savedAt: templateVersions.savedAt,
      savedBy: users.name,
    })
    .from(templateVersions)
    .leftJoin(users, eq(users.id, templateVersions.userId))
    .where(and(eq(templateVersions.workspaceId, workspaceId), eq(templateVersions.templateId, id)))
    .orderBy(desc(templateVersions.version));
}
