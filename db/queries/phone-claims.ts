import { and, eq } from "drizzle-orm";
import type { ClaimKind } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { phoneClaims } from "../schema";

/** The number that a person says is theirs and has not shown to be, E.164, as a phone or for WhatsApp; null: none. */
export async function findClaimedNumber(
  db: Database,
  { workspaceId, personId, kind }: { workspaceId: WorkspaceId; personId: string; kind: ClaimKind },
): Promise<string | null> {
  const [row] = await db
    .select({ value: phoneClaims.value })
    .from(phoneClaims)
    .where(
      and(
        eq(phoneClaims.workspaceId, workspaceId),
        eq(phoneClaims.personId, personId),
        eq(phoneClaims.kind, kind),
      ),
    );
  return row?.value ?? null;
}
