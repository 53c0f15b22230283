import { and, eq, isNull } from "drizzle-orm";
import type { Channel } from "../../../lib/domain/words";
import type { Database } from "../../client";
import { integrations } from "../../schema";

/** The workspace that has this sender of this account, whichever it is; null: none. */
export async function findWorkspaceOfSender(
  db: Database,
  input: { accountSid: string; type: Channel; sender: string },
) {
  const [row] = await db
    .select({ workspaceId: integrations.workspaceId })
    .from(integrations)
    .where(
      and(
        eq(integrations.accountSid, input.accountSid),
        eq(integrations.type, input.type),
        eq(integrations.sender, input.sender),
        isNull(integrations.deletedAt),
      ),
    );
  return row?.workspaceId ?? null;
}

/** Does any workspace send e-mail, so that somebody who is locked out may hope for one? */
export async function hasEmailSender(db: Database): Promise<boolean> {
  const rows = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.type, "email"),
        eq(integrations.isActive, true),
        isNull(integrations.deletedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
