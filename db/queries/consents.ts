import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { Channel, ConsentState } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { apiKeys, consents, integrations, users } from "../schema";
import { withinScope } from "./scope";

export type ConsentEntry = Awaited<ReturnType<typeof selectConsents>>[number];

type Page = { personId: string; before: number | null; limit: number };

/** What a person said about being written to on the numbers the reader may see, newest first. */
export async function listConsents(
  db: Database,
  scope: Scope,
  { personId, before, limit }: Page,
): Promise<{ entries: ConsentEntry[]; nextBefore: number | null }> {
  const rows = await selectConsents(db)
    .where(
      and(
        withinScope(consents, scope),
        eq(consents.personId, personId),
        before === null ? undefined : lt(consents.id, before),
      ),
    )
    .orderBy(desc(consents.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, nextBefore: last?.id ?? null };
}

/** The workspace's ledger in its order, or one person's: a batch of the proof. */
export async function readLedger(
  db: Database,
  input: { workspaceId: WorkspaceId; personId: string | null; after: number; limit: number },
): Promise<ConsentEntry[]> {
  const { workspaceId, personId, after, limit } = input;
  return selectConsents(db)
    .where(
      and(
        eq(consents.workspaceId, workspaceId),
        gt(consents.id, after),
        personId === null ? undefined : eq(consents.personId, personId),
      ),
    )
    .orderBy(asc(consents.id))
    .limit(limit);
}

type Place = {
  workspaceId: WorkspaceId;
  personId: string;
  integrationId: string;
  channel: Channel;
};

/** The ledger's last word; null: nothing was said. */
export async function findConsent(db: Database, place: Place): Promise<ConsentState | null> {
  const [row] = await db
    .select({ state: consents.state })
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, place.workspaceId),
        eq(consents.personId, place.personId),
        eq(consents.integrationId, place.integrationId),
        eq(consents.channel, place.channel),
      ),
    )
    .orderBy(desc(consents.id))
    .limit(1);
  return row?.state ?? null;
}

function selectConsents(db: Database) {
  return db
    .select({
      id: consents.id,
      personId: consents.personId,
      integrationId: consents.integrationId,
      sender: integrations.sender,
      senderName: integrations.name,
      channel: consents.channel,
      address: consents.address,
      state: consents.state,
      source: consents.source,
      words: consents.words,
      messageId: consents.messageId,
      actorUserId: consents.actorUserId,
      actorName: sql<string | null>`coalesce(${users.name}, ${apiKeys.name})`,
      at: consents.at,
    })
    .from(consents)
    .innerJoin(integrations, eq(integrations.id, consents.integrationId))
    .leftJoin(users, eq(users.id, consents.actorUserId))
    .leftJoin(
      apiKeys,
      and(eq(apiKeys.id, consents.apiKeyId), eq(apiKeys.workspaceId, consents.workspaceId)),
    )
    .$dynamic();
}
