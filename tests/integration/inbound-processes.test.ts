import { asc, eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../../db/client";
import { conversations, messages } from "../../db/schema";
import { recordConsent } from "../../lib/contacts/record-consent";
import { parseInbound } from "../../lib/domain/parse-inbound";
import type { Caller } from "../../lib/domain/viewer";
import { ingestMessage } from "../../lib/inbound/ingest-message";
import { sendMessages } from "../../lib/outbound/send-messages";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { countDeadlocks } from "../support/locks";
import { smsFields } from "../support/twilio-request";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const second = openDatabase(database.url, { poolSize: 8, connectTimeout: 30 });
afterAll(second.close);

const ROUNDS = 8;
const PEOPLE = Array.from({ length: 20 }, (_, n) => `+336123490${String(n).padStart(2, "0")}`);
const KNOWN = PEOPLE.slice(0, 14);
/** Others whom both processes and a send meet at the same moment. */
const NEW_EACH_ROUND = 12;
/** Their provider also posts a text of each round twice: to either process. */
const REPEATED = PEOPLE.slice(0, 5);

it("take the same people's texts beside sends and consents, without one deadlock", async () => {
  const deps = testDeps(database);
  const workspace = await createWorkspace(deps);
  const personIds: string[] = [];
  for (const address of KNOWN) {
    personIds.push((await createConversation(deps, workspace, { address })).personId);
  }
  const processes = [deps, { ...deps, db: second.db, sql: second.sql }] as const;
  const before = await countDeadlocks(deps);
  const work = Array.from({ length: ROUNDS }, (_, round) => {
    const order = [...newcomers(round), ...turned(PEOPLE, round)];
    return [
      ...receive(processes[0], workspace, { round, order }),
      ...receive(processes[1], workspace, { round, order: order.toReversed() }),
      send(deps, workspace, turned(order, round * 3)),
      ...personIds.slice(0, 5).map((personId) => consent(deps, workspace, personId)),
    ];
  });
  await Promise.all(work.flat());
  expect(await countDeadlocks(deps)).toBe(before);
  const threads = await deps.db
    .select()
    .from(conversations)
    .where(eq(conversations.workspaceId, workspace.workspaceId));
  expect(threads).toHaveLength(PEOPLE.length + ROUNDS * NEW_EACH_ROUND);
  for (const thread of threads) await expectWhole(deps, thread);
});

function newcomers(round: number): string[] {
  const ends = Array.from({ length: NEW_EACH_ROUND }, (_, n) => String(n * 7).padStart(2, "0"));
  return ends.map((end) => `+33612341${round}${end}`);
}

function turned<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

type Burst = { round: number; order: readonly string[] };

function receive(deps: TestDeps, workspace: TestWorkspace, { round, order }: Burst) {
  const once = order.map((From) => ingest(deps, workspace, { From }));
  const twice = REPEATED.map((From, n) =>
    ingest(deps, workspace, { From, MessageSid: `SMround${round}text${n}` }),
  );
  return [...once, ...twice];
}

function ingest(deps: TestDeps, workspace: TestWorkspace, fields: Record<string, string>) {
  const parsed = parseInbound(new Map(Object.entries(smsFields(workspace, fields))));
  if (!parsed.ok) throw new Error(parsed.reason);
  const { workspaceId, integration, account } = workspace;
  const sender = { workspaceId, integrationId: integration.id, accountId: account.id };
  return ingestMessage(deps, { sender, message: parsed.message });
}

function callerOf({ workspaceId }: TestWorkspace): Caller {
  const actor = { kind: "system" } as const;
  return { workspaceId, integrations: "all", actor, role: "agent", scopes: null };
}

function send(deps: TestDeps, workspace: TestWorkspace, to: readonly string[]) {
  const messages = to.map((number) => ({
    ...{ channel: "sms" as const, to: number, body: "Votre commande est prête", mediaIds: [] },
    ...{ template: null, email: null, sendAt: null, expiresAt: null, integrationId: null },
    ...{ metadata: null, idempotencyKey: null },
  }));
  return sendMessages(deps, { acting: callerOf(workspace), messages });
}

function consent(deps: TestDeps, workspace: TestWorkspace, personId: string) {
  const integrationId = workspace.integration.id;
  const input = { personId, integrationId, state: "opted_in" as const, words: "said so" };
  return recordConsent(deps, callerOf(workspace), input);
}

/** Every text is there once, and nothing is missing between two. */
async function expectWhole({ db }: TestDeps, thread: typeof conversations.$inferSelect) {
  const rows = await db
    .select({ seq: messages.seq, direction: messages.direction })
    .from(messages)
    .where(eq(messages.conversationId, thread.id))
    .orderBy(asc(messages.seq));
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n + 1));
  const received = rows.filter(({ direction }) => direction === "in").length;
  const rounds = PEOPLE.includes(thread.address) ? ROUNDS : 1;
  expect(received).toBe(rounds * (REPEATED.includes(thread.address) ? 3 : 2));
  expect(thread).toMatchObject({ lastSeq: rows.length, inboundCount: received });
}
