import { eq, sql } from "drizzle-orm";
import { addresses, conversations, messages, persons } from "../../db/schema";
import { personSearchText } from "../../lib/domain/fold-for-search";
import type { Deps } from "../../lib/ports/deps";
import type { TestWorkspace } from "./workspace";

type Needs = Pick<Deps, "db" | "clock" | "chance">;

export type TestConversation = { id: string; personId: string; address: string };

/** A person with one phone number and a conversation with them, empty and open. */
export async function createConversation(
  deps: Needs,
  workspace: TestWorkspace,
  values: Partial<typeof conversations.$inferInsert> & { name?: string | null } = {},
): Promise<TestConversation> {
  const { name = null, ...rest } = values;
  const now = deps.clock.now();
  const personId = rest.personId ?? deps.chance.uuid();
  const id = deps.chance.uuid();
  const digits = BigInt(`0x${id.replaceAll("-", "")}`) % 10_000_000n;
  const address = rest.address ?? `+3361${digits.toString().padStart(7, "0")}`;
  const { workspaceId } = workspace;
  if (!rest.personId) {
    const searchText = personSearchText({ name, addresses: [address] });
    await deps.db
      .insert(persons)
      .values({ id: personId, workspaceId, name, searchText, createdAt: now, updatedAt: now });
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      workspaceId,
      personId,
      kind: "phone",
      value: address,
      raw: address,
      createdAt: now,
    });
  }
  await deps.db.insert(conversations).values({
    id,
    workspaceId,
    integrationId: workspace.integration.id,
    state: "open",
    lastActivityAt: now,
    createdAt: now,
    ...rest,
    personId,
    address,
  });
  return { id, personId, address };
}

/** A message in the thread as its direction makes it, counted on the conversation. */
export async function addMessage(
  deps: Needs,
  workspace: TestWorkspace,
  conversation: TestConversation,
  values: Partial<typeof messages.$inferInsert> = {},
): Promise<{ id: string; seq: number }> {
  const now = deps.clock.now();
  const id = deps.chance.uuid();
  const isInbound = (values.direction ?? "in") === "in";
  const [row] = await deps.db
    .update(conversations)
    .set({
      lastSeq: sql`${conversations.lastSeq} + 1`,
      revision: sql`${conversations.revision} + 1`,
      inboundCount: sql`${conversations.inboundCount} + ${isInbound ? 1 : 0}`,
      lastMessageId: id,
      lastActivityAt: now,
      ...(isInbound ? { lastInboundAt: now } : {}),
    })
    .where(eq(conversations.id, conversation.id))
    .returning({ lastSeq: conversations.lastSeq, integrationId: conversations.integrationId });
  if (!row) throw new Error("no such conversation");
  await deps.db.insert(messages).values({
    id,
    workspaceId: workspace.workspaceId,
    conversationId: conversation.id,
    integrationId: row.integrationId,
    accountId: workspace.account.id,
    personId: conversation.personId,
    seq: row.lastSeq,
    direction: "in",
    channel: "sms",
    fromAddress: isInbound ? conversation.address : workspace.integration.sender,
    toAddress: isInbound ? workspace.integration.sender : conversation.address,
    body: "Bonjour",
    status: isInbound ? "received" : "delivered",
    counts: isInbound ? true : null,
    createdAt: now,
    ...values,
  });
  return { id, seq: row.lastSeq };
}
