import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses, persons } from "../schema";

/** What the workspace calls the people behind these numbers or WhatsApp ids; unnamed ones are left out. */
export async function namesOfPhones(
  db: Database,
  input: { workspaceId: WorkspaceId; phones: readonly string[] },
): Promise<Map<string, string>> {
  if (input.phones.length === 0) return new Map();
  const rows = await db
    .select({ phone: addresses.value, name: persons.name })
    .from(addresses)
    .innerJoin(persons, eq(persons.id, addresses.personId))
    .where(
      and(
        eq(addresses.workspaceId, input.workspaceId),
        inArray(addresses.kind, ["phone", "whatsapp"]),
        inArray(addresses.value, [...input.phones]),
        isNotNull(persons.name),
      ),
    );
  return new Map(rows.map(({ phone, name }) => [phone, name ?? phone]));
}
