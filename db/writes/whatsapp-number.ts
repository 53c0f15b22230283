import { and, eq, exists, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses } from "../schema";

type Putting = {
  workspaceId: WorkspaceId;
  personId: string;
  /** null: none of their own. */
  number: { value: string; raw: string; country: string | null } | null;
  ids: { whatsapp: string; phone: string };
  at: Date;
};

/**
 * Gives a person this WhatsApp number in the place of another. It is kept as a phone number too, which is
 * what WhatsApp names who writes from it.
 *
 * @returns false: somebody else of the workspace has it, and the caller must not commit
 */
export async function putWhatsappNumber(tx: Database, putting: Putting): Promise<boolean> {
  const { workspaceId, personId, number, ids, at } = putting;
  const [holder] = number
    ? await holdersOf(tx, { workspaceId, value: number.value }).for("update")
    : [];
  if (holder && holder.personId !== personId) return false;
  await dropWhatsappNumber(tx, { workspaceId, personId });
  if (!number) return true;
  const row = { workspaceId, personId, ...number, createdAt: at };
  const own = await tx
    .insert(addresses)
    .values([
      { ...row, id: ids.whatsapp, kind: "whatsapp" },
      { ...row, id: ids.phone, kind: "phone" },
    ])
    .onConflictDoNothing()
    .returning({ kind: addresses.kind });
  // The phone number may have been theirs before; else both are new, or somebody was quicker.
  return own.length === 2 || holder !== undefined;
}

/** Has nobody of the workspace this number, as a phone or for WhatsApp? */
export async function isNumberFree(db: Database, of: Numbered): Promise<boolean> {
  return (await holdersOf(db, of).limit(1)).length === 0;
}

type Numbered = { workspaceId: WorkspaceId; value: string };

function holdersOf(db: Database, { workspaceId, value }: Numbered) {
  return db
    .select({ personId: addresses.personId })
    .from(addresses)
    .where(
      and(
        eq(addresses.workspaceId, workspaceId),
        inArray(addresses.kind, ["phone", "whatsapp"]),
        eq(addresses.value, value),
      ),
    );
}

/** The phone number that was made with it goes too; one that was theirs before stays. */
async function dropWhatsappNumber(
  tx: Database,
  { workspaceId, personId }: Pick<Putting, "workspaceId" | "personId">,
) {
  const ofPerson = and(eq(addresses.workspaceId, workspaceId), eq(addresses.personId, personId));
  const twin = alias(addresses, "twin");
  const made = tx
    .select({ id: twin.id })
    .from(twin)
    .where(
      and(
        eq(twin.personId, personId),
        eq(twin.kind, "whatsapp"),
        eq(twin.value, addresses.value),
        eq(twin.createdAt, addresses.createdAt),
      ),
    );
  await tx.delete(addresses).where(and(ofPerson, eq(addresses.kind, "phone"), exists(made)));
  await tx.delete(addresses).where(and(ofPerson, eq(addresses.kind, "whatsapp")));
}
