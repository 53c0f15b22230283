import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { ConversationCard, ConversationDetail } from "../../lib/domain/inbox";
import type { Scope } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import {
  addresses,
  consents,
  conversationReads,
  conversations,
  integrations,
  persons,
  sendingPauses,
  workspaces,
} from "../schema";
import { cardsByIds } from "./cards";
import { withinScope } from "./scope";
import { findTaskAbout } from "./tasks";
import { listToldTo } from "./thread-notifications";

/** WhatsApp lets a business answer freely this long after the customer's last message. */
const WHATSAPP_WINDOW_MS = 24 * 60 * 60_000;
const MAX_PREVIOUS = 20;

/** The bare row, when it lies within the scope; null otherwise ("not found"). */
export async function findConversation(db: Database, scope: Scope, id: string) {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(withinScope(conversations, scope), eq(conversations.id, id)));
  return row ?? null;
}

/** The one conversation of a person and a sender; null: there is none. */
export async function findConversationOf(
  db: Database,
  place: { workspaceId: WorkspaceId; personId: string; integrationId: string },
) {
  const [row] = await db
    .select({ id: conversations.id, address: conversations.address })
    .from(conversations)
    .where(
      and(
        eq(conversations.workspaceId, place.workspaceId),
        eq(conversations.personId, place.personId),
        eq(conversations.integrationId, place.integrationId),
      ),
    );
  return row ?? null;
}

/** Everything a screen shows around an open thread; null when it is not within the scope. */
export async function conversationDetail(
  db: Database,
  scope: Scope,
  input: { id: string; userId: string | null; now: Date },
): Promise<ConversationDetail | null> {
  const [card] = await cardsByIds(db, scope, { ids: [input.id], userId: input.userId });
  if (!card) return null;
  const [row, consent, contact, readSeq, holdUp, told] = await Promise.all([
    findConversation(db, scope, input.id),
    lastConsent(db, scope, card),
    contactOf(db, scope, card),
    lastReadSeq(db, card, input.userId),
    holdUpOf(db, scope, card.integrationId),
    listToldTo(db, scope, card.person.id),
  ]);
  if (!row || !contact) return null;
  const { workspaceId, address } = row;
  const task = await findTaskAbout(db, { workspaceId, channel: card.channel, address });
  const isOptedOut = consent?.state === "opted_out";
  return {
    ...card,
    lastReadSeq: readSeq,
    stateReason: row.stateReason ?? null,
    isOptedOut,
    optedOutAt: isOptedOut ? consent.at.toISOString() : null,
    holdUp,
    badNumber: task && { taskId: task.id, errorCode: task.errorCode, waiting: task.waiting },
    notifications: told,
    windowEndsAt: windowEnd(card, row.lastInboundAt, input.now),
    contact,
  };
}

/** A pace lets a long queue leave slowly; a pause lets nothing leave. */
async function holdUpOf(
  db: Database,
  { workspaceId }: Pick<Scope, "workspaceId">,
  integrationId: string,
): Promise<ConversationDetail["holdUp"]> {
  const [row] = await db
    .select({
      isPaused: sql<boolean>`exists (select 1 from ${sendingPauses}
        where ${sendingPauses.workspaceId} = ${integrations.workspaceId}
          and ${sendingPauses.scope} in ('all', ${integrations.type}))`,
      isPaced: sql<boolean>`${integrations.pacePerSecond} is not null
        or ${workspaces.pacePerMinute} is not null`,
    })
    .from(integrations)
    .innerJoin(workspaces, eq(workspaces.id, integrations.workspaceId))
    .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId)));
  if (row?.isPaused) return "sending_paused";
  return row?.isPaced ? "paced" : null;
}

function windowEnd(card: ConversationCard, lastInboundAt: Date | null, now: Date): string | null {
  if (card.channel !== "whatsapp" || !lastInboundAt) return null;
  const end = new Date(lastInboundAt.getTime() + WHATSAPP_WINDOW_MS);
  return end > now ? end.toISOString() : null;
}

async function lastConsent(db: Database, scope: Scope, card: ConversationCard) {
  const [row] = await db
    .select({ state: consents.state, at: consents.at })
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, scope.workspaceId),
        eq(consents.personId, card.person.id),
        eq(consents.integrationId, card.integrationId),
        eq(consents.channel, card.channel),
      ),
    )
    .orderBy(desc(consents.id))
    .limit(1);
  return row ?? null;
}

/** Without a read row: nothing is new where nothing is unread, else all of it is. */
async function lastReadSeq(db: Database, card: ConversationCard, userId: string | null) {
  const [row] = userId
    ? await db
        .select({ seq: conversationReads.lastReadSeq })
        .from(conversationReads)
        .where(
          and(eq(conversationReads.conversationId, card.id), eq(conversationReads.userId, userId)),
        )
    : [];
  return row?.seq ?? (card.unread === 0 ? card.lastSeq : 0);
}

async function contactOf(
  db: Database,
  scope: Scope,
  card: ConversationCard,
): Promise<ConversationDetail["contact"] | null> {
  const [[person], known, previous] = await Promise.all([
    db
      .select()
      .from(persons)
      .where(and(eq(persons.workspaceId, scope.workspaceId), eq(persons.id, card.person.id))),
    db
      .select({ kind: addresses.kind, value: addresses.value })
      .from(addresses)
      .where(
        and(eq(addresses.workspaceId, scope.workspaceId), eq(addresses.personId, card.person.id)),
      )
      .orderBy(addresses.createdAt, addresses.id),
    otherConversations(db, scope, card),
  ]);
  if (!person) return null;
  return {
    company: person.company,
    notes: person.notes,
    profileName: person.profileName,
    locale: person.locale,
    timeZone: person.timeZone,
    createdAt: person.createdAt.toISOString(),
    addresses: known,
    previousConversations: previous.map((other) => ({
      ...other,
      lastActivityAt: other.lastActivityAt.toISOString(),
    })),
  };
}

function otherConversations(db: Database, scope: Scope, card: ConversationCard) {
  return db
    .select({
      id: conversations.id,
      integrationId: conversations.integrationId,
      lastActivityAt: conversations.lastActivityAt,
      state: conversations.state,
    })
    .from(conversations)
    .where(
      and(
        withinScope(conversations, scope),
        eq(conversations.personId, card.person.id),
        ne(conversations.id, card.id),
      ),
    )
    .orderBy(desc(conversations.lastActivityAt))
    .limit(MAX_PREVIOUS);
}
