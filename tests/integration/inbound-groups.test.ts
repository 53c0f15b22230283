import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import type { Sql } from "../../db/client";
import { activities, consents, conversations, media, messages, persons } from "../../db/schema";
import { parseInbound } from "../../lib/domain/parse-inbound";
import { ingestMessage } from "../../lib/inbound/ingest-message";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { countDeadlocks, untilWaiting } from "../support/locks";
import { messageSid, signedRequest, smsFields } from "../support/twilio-request";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PATIENT_MS = 30_000;

type Fields = Record<string, string>;

async function setUp() {
  const deps = testDeps(database);
  return { deps, workspace: await createWorkspace(deps) };
}

const numberOf = (n: number) => `+336123490${String(n).padStart(2, "0")}`;

async function post(deps: TestDeps, workspace: TestWorkspace, fields: Fields) {
  const { token } = workspace.account;
  const request = signedRequest(smsFields(workspace, fields), { token });
  return (await answerInbound(deps, request, PATIENT_MS)).status;
}

/** @param past what the door would have cleaned */
function ingest(
  deps: TestDeps,
  workspace: TestWorkspace,
  fields: Fields,
  past: { body?: string } = {},
) {
  const parsed = parseInbound(new Map(Object.entries(smsFields(workspace, fields))));
  if (!parsed.ok) throw new Error(parsed.reason);
  const { workspaceId, integration, account } = workspace;
  const sender = { workspaceId, integrationId: integration.id, accountId: account.id };
  return ingestMessage(deps, { sender, message: { ...parsed.message, ...past } });
}

/** Ten people whom the workspace knows: open, resolved, held by somebody who is away, blocked … */
async function meetPeople({ deps, workspace }: Awaited<ReturnType<typeof setUp>>) {
  const away = await createUser(deps, workspace.workspaceId, "agent");
  const states = ["open", "resolved", "resolved", "snoozed", "pending"] as const;
  for (let n = 0; n < 10; n += 1) {
    const { personId } = await createConversation(deps, workspace, {
      address: numberOf(n),
      state: states[n % 5],
      assigneeId: n >= 5 ? away.id : null,
      priority: n === 5 ? "low" : "normal",
      isListed: n !== 7,
    });
    if (n !== 9) continue;
    await deps.db
      .update(persons)
      .set({ blockedAt: deps.clock.now() })
      .where(eq(persons.id, personId));
  }
  await deps.db.execute(sql`
    create or replace function refuse_text() returns trigger language plpgsql as $$
    begin raise exception 'as the test wants' using errcode = '22000'; end $$;
    create or replace trigger refuse_text before insert on messages for each row
      when (new.body = 'refused') execute function refuse_text()`);
}

/** What comes of it must not hang on the order, since a provider keeps none. */
function mixedTexts(): Fields[] {
  const texts: Fields[] = [];
  for (let n = 0; n < 16; n += 1) {
    const From = numberOf(n);
    const add = (fields: Fields) => texts.push({ From, MessageSid: messageSid(), ...fields });
    // Courtesy alone from the third, which must leave a resolved conversation so.
    for (let nth = 0; nth < 3; nth += 1) add({ Body: n === 2 ? "Merci !" : `n° ${nth} ?` });
    if (n % 4 === 0) add({ Body: "STOP" });
    if (n % 5 === 1) add({ NumMedia: "1", MediaUrl0: "https://media.test/1", Body: "" });
    if (n % 3 === 1) add({ Body: "C’est urgent" });
    if (n % 6 === 3) add({ Body: "refused" });
  }
  const again = texts.filter((_, nth) => nth % 7 === 0);
  return [...texts, ...again];
}

/** All that the texts left behind, without ids, by address. */
async function outcomeIn({ db }: TestDeps, { workspaceId }: TestWorkspace) {
  const threads = await db
    .select()
    .from(conversations)
    .where(eq(conversations.workspaceId, workspaceId))
    .orderBy(asc(conversations.address));
  const found = [];
  for (const thread of threads) {
    const [texts, lines, said] = await Promise.all([
      db.select().from(messages).where(eq(messages.conversationId, thread.id)),
      db.select().from(activities).where(eq(activities.conversationId, thread.id)),
      db.select().from(consents).where(eq(consents.personId, thread.personId)),
    ]);
    const { address, state, priority, isListed, lastSeq, revision, inboundCount } = thread;
    found.push({
      ...{ address, state, priority, isListed, lastSeq, revision, inboundCount },
      ...{ isWaiting: thread.waitingSince !== null, isAssigned: thread.assigneeId !== null },
      rule: lastSeq > 0 && thread.stateReason?.rule === "blocked",
      seqs: texts.map(({ seq }) => seq).sort((a, b) => Number(a) - Number(b)),
      texts: texts.map((one) => `${one.kind} ${one.body} ${one.counts} ${one.status}`).sort(),
      lines: lines.map(({ kind, data }) => `${kind} ${data.reason}`).sort(),
      said: said.map((one) => `${one.state} ${one.words} ${one.address}`),
    });
  }
  const files = await db.$count(media, eq(media.workspaceId, workspaceId));
  return { found, files, people: await db.$count(persons, eq(persons.workspaceId, workspaceId)) };
}

type Ask = Sql["unsafe"];

/** The client with another way of asking. */
function asking(sql: Sql, unsafe: (...args: Parameters<Ask>) => unknown): Sql {
  return new Proxy(sql, {
    get: (target, key) => (key === "unsafe" ? unsafe : Reflect.get(target, key)),
  });
}

/** As if no statement for groups existed: each text goes by the statement of one. */
function withoutGroups(deps: TestDeps): TestDeps {
  const unsafe = (...[text, ...rest]: Parameters<Ask>) =>
    text.includes("with given")
      ? Promise.reject(new Error("no groups here"))
      : deps.sql.unsafe(text, ...rest);
  return { ...deps, sql: asking(deps.sql, unsafe) };
}

describe("texts that arrive together", () => {
  it("R406 R407 leave behind exactly what they leave one by one, and get the same answers", async () => {
    const [single, together] = [await setUp(), await setUp()];
    await meetPeople(single);
    await meetPeople(together);
    const texts = mixedTexts();
    const inTurn: number[] = [];
    const alone = withoutGroups(single.deps);
    for (const fields of texts) inTurn.push(await post(alone, single.workspace, fields));
    const atOnce = await Promise.all(
      texts.map((fields) => post(together.deps, together.workspace, fields)),
    );
    expect(atOnce).toEqual(inTurn);
    expect(new Set(inTurn)).toEqual(new Set([200, 500]));
    expect(await outcomeIn(together.deps, together.workspace)).toEqual(
      await outcomeIn(single.deps, single.workspace),
    );
    const told = (deps: TestDeps) => deps.changes.length;
    expect(told(together.deps)).toBe(told(single.deps));
  });

  it("a lone text leaves at once, a whole group beside it, and all others share statements", async () => {
    const { deps, workspace } = await setUp();
    const numbers = Array.from({ length: 60 }, (_, n) => numberOf(n));
    // The other half is met by these texts.
    for (const address of numbers.slice(0, 30)) {
      await createConversation(deps, workspace, { address });
    }
    let asked = 0;
    const counting = asking(deps.sql, (...args: Parameters<Ask>) => {
      asked += 1;
      return deps.sql.unsafe(...args);
    });
    const all = numbers.map((From) => ingest({ ...deps, sql: counting }, workspace, { From }));
    expect(asked).toBe(2);
    const outcomes = await Promise.all(all);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(60).fill("stored"));
    expect(asked).toBe(4);
  });

  it("several of one person go one after the other, in their order", async () => {
    const { deps, workspace } = await setUp();
    await createConversation(deps, workspace, { address: numberOf(1) });
    const bodies = Array.from({ length: 12 }, (_, n) => `n° ${n}`);
    await Promise.all(bodies.map((Body) => ingest(deps, workspace, { Body, From: numberOf(1) })));
    const rows = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.workspaceId, workspace.workspaceId))
      .orderBy(asc(messages.seq));
    expect(rows.map(({ body }) => body)).toEqual(bodies);
  });

  it("one with a file neither overtakes the plain ones before it nor is overtaken", async () => {
    const { deps, workspace } = await setUp();
    await createConversation(deps, workspace, { address: numberOf(1) });
    const bodies = Array.from({ length: 12 }, (_, n) => `n° ${n}`);
    const file = {
      NumMedia: "1",
      MediaContentType0: "image/jpeg",
      MediaUrl0: "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
    };
    await Promise.all(
      bodies.map((Body, n) => {
        return ingest(deps, workspace, { Body, From: numberOf(1), ...(n % 4 === 3 ? file : {}) });
      }),
    );
    const rows = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.workspaceId, workspace.workspaceId))
      .orderBy(asc(messages.seq));
    expect(rows.map(({ body }) => body)).toEqual(bodies);
    expect(await deps.db.$count(media, eq(media.workspaceId, workspace.workspaceId))).toBe(3);
  });

  it("two numbers of one person in a group fill one conversation", async () => {
    const { deps, workspace } = await setUp();
    const { personId, id } = await createConversation(deps, workspace, { address: numberOf(1) });
    await deps.db.execute(sql`
      insert into addresses (id, workspace_id, person_id, kind, value, raw, created_at)
      values (gen_random_uuid(), ${workspace.workspaceId}, ${personId}, 'phone', ${numberOf(2)},
        ${numberOf(2)}, now())`);
    const outcomes = await Promise.all(
      [1, 1, 2, 2].map((n) => ingest(deps, workspace, { From: numberOf(n) })),
    );
    expect(outcomes).toMatchObject(Array(4).fill({ kind: "stored", conversationId: id }));
    const [thread] = await deps.db.select().from(conversations).where(eq(conversations.id, id));
    expect(thread).toMatchObject({ lastSeq: 4, inboundCount: 4 });
  });

  it("one that cannot be stored at all fails by itself", async () => {
    const { deps, workspace } = await setUp();
    for (const n of [0, 1, 2, 3])
      await createConversation(deps, workspace, { address: numberOf(n) });
    const bodies = ["first", "before", "a NUL, which PostgreSQL stores nowhere: \0", "after"];
    const outcomes = await Promise.allSettled(
      bodies.map((body, n) => ingest(deps, workspace, { From: numberOf(n) }, { body })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "fulfilled"],
    ]);
  });

  it("a conversation that somebody holds delays nobody else's text", async () => {
    const { deps, workspace } = await setUp();
    for (const n of [1, 2]) await createConversation(deps, workspace, { address: numberOf(n) });
    const held = await deps.db.transaction(async (tx) => {
      await tx.execute(sql`
        select from conversations where address = ${numberOf(1)} for update`);
      const waits = ingest(deps, workspace, { From: numberOf(1) });
      for (let nth = 0; nth < 5; nth += 1) await ingest(deps, workspace, { From: numberOf(2) });
      return { waits };
    });
    expect(await held.waits).toMatchObject({ kind: "stored" });
  });

  it("new people's addresses are taken in their order, as by a contact that gets two of them", async () => {
    const { deps, workspace } = await setUp();
    const { personId } = await createConversation(deps, workspace, { address: numberOf(1) });
    const give = (tx: Pick<Sql, "unsafe">, address: string) =>
      tx.unsafe(
        `insert into addresses (id, workspace_id, person_id, kind, value, raw, created_at)
         values (gen_random_uuid(), $1, $2, 'phone', $3, $3, now())`,
        [workspace.workspaceId, personId, address],
      );
    const before = await countDeadlocks(deps);
    const texts = await deps.sql.begin(async (tx) => {
      await give(tx, numberOf(5));
      // The first leaves alone, and the others as a group, which must wait at the fifth.
      const order = [1, 9, 8, 7, 6, 5, 4, 3, 2];
      const all = order.map((n) => ingest(deps, workspace, { From: numberOf(n) }));
      await untilWaiting(deps, 1);
      await give(tx, numberOf(9));
      return { all };
    });
    const outcomes = await Promise.all(texts.all);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(9).fill("stored"));
    expect(await countDeadlocks(deps)).toBe(before);
    const people = await deps.db.$count(persons, eq(persons.workspaceId, workspace.workspaceId));
    expect(people).toBe(7);
  });

  it("a group that never ends, its connection dead, holds up the door for two seconds only", async () => {
    const { deps, workspace } = await setUp();
    for (const n of [1, 2]) await createConversation(deps, workspace, { address: numberOf(n) });
    let isDead = true;
    const dying = asking(deps.sql, (...args: Parameters<Ask>) =>
      isDead ? new Promise(() => undefined) : deps.sql.unsafe(...args),
    );
    const through = { ...deps, sql: dying };
    void ingest(through, workspace, { From: numberOf(1) });
    isDead = false;
    const waits = ingest(through, workspace, { From: numberOf(1) });
    deps.clock.advance(2000);
    await ingest(through, workspace, { From: numberOf(2) });
    expect(await waits).toMatchObject({ kind: "stored" });
  });
});
