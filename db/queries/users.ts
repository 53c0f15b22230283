import { and, asc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses, integrationViewers, memberships, users } from "../schema";

export type Member = Awaited<ReturnType<typeof listMembers>>[number];

type Page = { limit: number; after?: { createdAt: Date; id: string } };

/** The people of a workspace in the order they joined, the deactivated ones too. */
export async function listMembers(db: Database, workspaceId: WorkspaceId, page?: Page) {
  const after = page?.after;
  const rows = selectMembers(
    db,
    and(
      eq(memberships.workspaceId, workspaceId),
      after
        ? or(
            gt(memberships.createdAt, after.createdAt),
            and(eq(memberships.createdAt, after.createdAt), gt(memberships.userId, after.id)),
          )
        : undefined,
    ),
  ).orderBy(asc(memberships.createdAt), asc(memberships.userId));
  return page ? rows.limit(page.limit) : rows;
}

/** One person of the workspace, or null: another workspace's is "not found". */
export async function findMember(db: Database, workspaceId: WorkspaceId, userId: string) {
  const [row] = await selectMembers(
    db,
    and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)),
  );
  return row ?? null;
}

export async function findMemberByEmail(db: Database, workspaceId: WorkspaceId, email: string) {
  const [row] = await selectMembers(
    db,
    and(eq(memberships.workspaceId, workspaceId), eq(users.email, email)),
  );
  return row ?? null;
}

/** The users who may see a number that not everybody may. */
export async function listViewersOfIntegration(
  db: Database,
  workspaceId: WorkspaceId,
  integrationId: string,
) {
  const rows = await db
    .select({ userId: integrationViewers.userId })
    .from(integrationViewers)
    .where(
      and(
        eq(integrationViewers.workspaceId, workspaceId),
        eq(integrationViewers.integrationId, integrationId),
      ),
    );
  return rows.map((row) => row.userId);
}

function selectMembers(db: Database, where: SQL | undefined) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      isActive: memberships.isActive,
      personId: memberships.personId,
      phoneNumber: phoneOfPerson(),
      locale: users.locale,
      timeZone: users.timeZone,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(where);
}

/** R001: the newest phone number of the member's person; one of WhatsApp alone only where there is no other. */
function phoneOfPerson() {
  return sql<string | null>`(
    select ${addresses.value} from ${addresses}
    where ${addresses.personId} = ${memberships.personId} and ${addresses.kind} = 'phone'
    order by exists (
      select 1 from ${addresses} w
      where w.person_id = ${memberships.personId} and w.kind = 'whatsapp' and w.value = ${addresses.value}
    ), ${addresses.createdAt} desc, ${addresses.id} desc
    limit 1
  )`;
}
