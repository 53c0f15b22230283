import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import postgres from "postgres";
import { beforeEach, describe, expect, it } from "vitest";
import { answerStatus } from "../../app/api/webhooks/twilio/status/door";
import { openDatabase } from "../../db/client";
import { findCallbackStates } from "../../db/queries/system/attempt-states";
import { accounts, attempts, consents, timeline } from "../../db/schema";
import { type Report, recordReports } from "../../db/writes/status-reports";
import type { MessageStatus } from "../../lib/domain/words";
import { applyCallback } from "../../lib/outbound/apply-callback";
import { applyStatus, type StatusReport } from "../../lib/outbound/apply-status";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { takeAttempt } from "../../lib/outbound/kept-attempts";
import { retryMessage } from "../../lib/outbound/retry-message";
import type { SendOutcome } from "../../lib/ports/sms";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, enqueueQueued, openOutbox, statusesOf } from "../support/outbox";
import { messageSid, signedRequest } from "../support/twilio-request";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const UNKNOWN: SendOutcome = { kind: "unknown", reason: "ECONNRESET", httpStatus: null };

function accepted(providerId: string): SendOutcome {
  return { kind: "accepted", providerId, segments: 1 };
}

function report(messageId: string, values: Partial<StatusReport> = {}): StatusReport {
  return {
    messageId,
    attempt: 1,
    providerId: "SM1",
    status: "sent",
    errorCode: null,
    errorMessage: null,
    carrierAt: null,
    data: {},
    via: "callback",
    ...values,
  };
}

async function attemptOf(messageId: string, number: number) {
  const [row] = await deps.db
    .select()
    .from(attempts)
    .where(and(eq(attempts.messageId, messageId), eq(attempts.number, number)));
  return row;
}

/** A parameter as the driver has sent it. */
function literal(value: unknown): string {
  return value === null ? "null" : `'${String(value).replaceAll("'", "''")}'`;
}

/** A message whose first attempt ended so that nobody knows whether it left. */
async function sendUnconfirmed(body = "Bonjour") {
  deps.provider.answer = () => UNKNOWN;
  const message = await outbox.enqueue(body);
  await outbox.dispatch();
  return message;
}

describe("a status callback", () => {
  it("R418 moves a message to delivered, keeps each word in the timeline and tells the screens what they show", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    deps.changes.length = 0;
    for (const status of ["accepted", "sent", "delivered"] as const) {
      await applyStatus(deps, report(message.id, { status, data: { MessageStatus: status } }));
    }
    expect(await outbox.row(message.id)).toMatchObject({
      status: "delivered",
      providerId: "SM1",
      sentAt: deps.clock.now(),
      deliveredAt: deps.clock.now(),
      failedAt: null,
    });
    expect(await outbox.events(message.id)).toEqual([
      "queued",
      "accepted",
      "callback",
      "callback",
      "callback",
    ]);
    expect(deps.changes).toHaveLength(2);
  });

  it("that leaves its message as it is writes to neither message nor conversation", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    const versions = () => deps.sql`
      select m.xmin as message, c.xmin as conversation
      from messages m join conversations c on c.id = m.conversation_id where m.id = ${message.id}`;
    const before = await versions();
    await applyStatus(deps, report(message.id, { status: "accepted" }));
    expect(await versions()).toEqual(before);
    expect(await outbox.events(message.id)).toEqual(["queued", "accepted", "callback"]);
  });

  it("settles an unconfirmed message, which is not sent again, and wakes the one behind it", async () => {
    const message = await sendUnconfirmed();
    const next = await outbox.enqueue("next");
    deps.bells.length = 0;
    expect(await applyStatus(deps, report(message.id))).toEqual({
      kind: "applied",
      status: "sent",
      hasChanged: true,
    });
    expect(await outbox.row(message.id)).toMatchObject({
      status: "sent",
      statusReason: null,
      providerId: "SM1",
      unconfirmedAt: null,
    });
    expect(deps.bells).toHaveLength(1);
    deps.provider.answer = () => accepted("SM2");
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.body)).toEqual(["Bonjour", "next"]);
    expect((await outbox.row(next.id)).status).toBe("accepted");
  });

  it("that comes before the create's answer is matched by its attempt and keeps its rank", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = async () => {
      await applyStatus(deps, report(message.id, { status: "delivered" }));
      return accepted("SM1");
    };
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "delivered",
      providerId: "SM1",
      segments: 1,
      attemptsCounted: 1,
    });
  });

  it("that comes before an answer nobody can read settles the message all the same", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = async () => {
      await applyStatus(deps, report(message.id, { status: "accepted" }));
      return UNKNOWN;
    };
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({ status: "accepted", providerId: "SM1" });
  });

  it("with another id than the attempt's, or of no attempt, changes nothing", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    const unknown = { kind: "unknown_attempt" };
    expect(await applyStatus(deps, report(message.id, { providerId: "SMother" }))).toEqual(unknown);
    expect(await applyStatus(deps, report(message.id, { attempt: 2 }))).toEqual(unknown);
    expect(await applyStatus(deps, report(deps.chance.uuid()))).toEqual(unknown);
    expect((await outbox.row(message.id)).status).toBe("accepted");
  });

  it("of delivered and undelivered keeps both and shows the later by the carrier's clock", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    const say = (status: MessageStatus, carrierAt: number | null) =>
      applyStatus(deps, report(message.id, { status, carrierAt, errorCode: null }));
    await say("undelivered", 120_000);
    await say("delivered", 60_000);
    expect((await outbox.row(message.id)).status).toBe("undelivered");
    await say("delivered", 180_000);
    expect(await outbox.row(message.id)).toMatchObject({ status: "delivered", failedAt: null });
    expect((await outbox.events(message.id)).filter((event) => event === "callback")).toHaveLength(
      3,
    );
  });

  it("with a failure keeps its code and words; a later delivery takes them back", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    await applyStatus(
      deps,
      report(message.id, { status: "undelivered", errorCode: "30003", errorMessage: "Off" }),
    );
    expect(await outbox.row(message.id)).toMatchObject({
      status: "undelivered",
      errorCode: "30003",
      errorMessage: "Off",
      failedAt: deps.clock.now(),
    });
    await applyStatus(deps, report(message.id, { status: "delivered" }));
    expect(await outbox.row(message.id)).toMatchObject({
      status: "delivered",
      errorCode: null,
      errorMessage: null,
    });
  });

  it("twenty at once all land, and the highest stands", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => accepted("SM1");
    await outbox.dispatch();
    const words = ["accepted", "sent", "delivered", "read"] as const;
    const all = Array.from({ length: 5 }, () => words).flat();
    const outcomes = await Promise.all(
      all.map((status) => applyStatus(deps, report(message.id, { status }))),
    );
    expect(outcomes.every((outcome) => outcome.kind === "applied")).toBe(true);
    expect((await outbox.row(message.id)).status).toBe("read");
    expect((await outbox.events(message.id)).filter((event) => event === "callback")).toHaveLength(
      20,
    );
  });
});

describe("callbacks that come together", () => {
  const CONVERSATIONS = 6;
  const MESSAGES = 24;

  /** Accepted messages of several people, each with the provider's id that it got. */
  async function sendSome() {
    const sids = new Map<string, string>();
    deps.provider.answer = ({ body }) => {
      const sid = messageSid();
      sids.set(body, sid);
      return accepted(sid);
    };
    const { workspaceId } = outbox.workspace;
    const people = [outbox.conversation];
    while (people.length < CONVERSATIONS) {
      people.push(await createConversation(deps, outbox.workspace));
    }
    const sent: { id: string; body: string }[] = [];
    for (let n = 0; n < MESSAGES; n += 1) {
      const body = `text ${n}`;
      const conversationId = people[n % CONVERSATIONS]?.id ?? "";
      const { id } = await enqueueQueued(deps, { workspaceId, conversationId, body });
      sent.push({ id, body });
    }
    for (let n = 0; n < MESSAGES / CONVERSATIONS; n += 1) await outbox.dispatch();
    return sent.map(({ id, body }) => ({ id, providerId: sids.get(body) ?? "" }));
  }

  it("at two instances and in any order end as they do one by one, and none waits for another for ever", async () => {
    const other = openDatabase(database.url, { poolSize: 2, connectTimeout: 30 });
    const instances = [deps, { ...deps, sql: other.sql }];
    const sent = await sendSome();
    const words = ["accepted", "sent", "delivered"] as const;
    const calls = sent.flatMap((one) => words.map((status) => ({ ...one, status })));
    const shuffled = fc.sample(fc.shuffledSubarray(calls, { minLength: calls.length }), 1)[0] ?? [];
    const outcomes = await Promise.all(
      shuffled.map(({ id, providerId, status }, n) =>
        applyStatus(instances[n % 2] ?? deps, report(id, { status, providerId })),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind !== "applied")).toEqual([]);
    for (const { id } of sent) {
      expect((await outbox.row(id)).status).toBe("delivered");
      const events = await outbox.events(id);
      expect(events.filter((event) => event === "callback")).toHaveLength(words.length);
    }
    await other.close();
  });

  it("do not pay for one that cannot be stored", async () => {
    const sent = await sendSome();
    const outcomes = await Promise.allSettled(
      sent.map(({ id, providerId }, n) =>
        applyStatus(
          deps,
          report(id, { status: "delivered", providerId, errorMessage: n === 5 ? "\u0000" : null }),
        ),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      sent.map((_, n) => (n === 5 ? "rejected" : "fulfilled")),
    );
    for (const [n, { id }] of sent.entries()) {
      expect((await outbox.row(id)).status).toBe(n === 5 ? "accepted" : "delivered");
    }
  });
});

describe("the life of a message", () => {
  const RANK: Partial<Record<MessageStatus, number>> = {
    sending: 0,
    unconfirmed: 0,
    accepted: 1,
    sent: 2,
    undelivered: 3,
    failed: 3,
    delivered: 4,
    read: 5,
  };
  const life = fc.constantFrom(
    { words: ["accepted", "sent", "delivered", "read"], end: "read" },
    { words: ["accepted", "sent", "undelivered"], end: "undelivered" },
    { words: ["accepted", "failed"], end: "failed" },
    { words: ["sent", "undelivered", "delivered"], end: "delivered" },
  ) as fc.Arbitrary<{ words: MessageStatus[]; end: MessageStatus }>;
  const lived = life.chain(({ words, end }) =>
    fc.array(fc.constantFrom(...words), { maxLength: 2 }).chain((again) =>
      fc.record({
        end: fc.constant(end),
        order: fc.shuffledSubarray([...words, ...again], {
          minLength: words.length + again.length,
        }),
        /** Reports that come before the create's answer is recorded. */
        early: fc.nat({ max: words.length }),
        isUnknown: fc.boolean(),
      }),
    ),
  );

  type Lived = typeof lived extends fc.Arbitrary<infer T> ? T : never;

  it("R418 ends the same whatever the order of its callbacks, doubled or before the create's answer, and never goes back", async () => {
    const play = async ({ order, early, isUnknown, end }: Lived) => {
      const message = await outbox.enqueue("Bonjour", { lane: "normal" });
      const providerId = messageSid();
      const shown: MessageStatus[] = [];
      const accountSid = outbox.workspace.account.sid;
      const say = async (status: MessageStatus) => {
        const one = report(message.id, { status, providerId });
        await applyCallback(deps, { report: one, accountSid, isSigned: () => true });
        shown.push((await outbox.row(message.id)).status);
      };
      deps.provider.answer = async () => {
        for (const status of order.slice(0, early)) await say(status);
        return isUnknown ? UNKNOWN : accepted(providerId);
      };
      await outbox.dispatch();
      shown.push((await outbox.row(message.id)).status);
      for (const status of order.slice(early)) await say(status);
      const ranks = shown.map((status) => RANK[status] ?? -1);
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      expect(shown.at(-1)).toBe(end);
      expect((await outbox.row(message.id)).providerId).toBe(providerId);
    };
    await fc.assert(fc.asyncProperty(lived, play), { numRuns: 40 });
  }, 120_000);
});

describe("two attempts", () => {
  it("proof that the first left cancels the second while it waits", async () => {
    const message = await sendUnconfirmed();
    const actor = { kind: "system" } as const;
    await retryMessage(deps, { scope: outbox.scope, messageId: message.id, actor });
    expect((await outbox.row(message.id)).status).toBe("queued");
    await applyStatus(deps, report(message.id, { status: "sent" }));
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
    expect(await outbox.row(message.id)).toMatchObject({ status: "sent", providerId: "SM1" });
    await applyStatus(deps, report(message.id, { status: "delivered" }));
    expect((await outbox.row(message.id)).status).toBe("delivered");
  });

  it("both are kept when the second is already leaving, and the agent is told for good", async () => {
    const message = await sendUnconfirmed();
    const actor = { kind: "system" } as const;
    await retryMessage(deps, { scope: outbox.scope, messageId: message.id, actor });
    deps.provider.answer = async () => {
      await applyStatus(deps, report(message.id, { status: "delivered" }));
      return accepted("SM2");
    };
    await outbox.dispatch();
    const told = { statusReason: "earlier_attempt_accepted", providerId: "SM2" };
    expect(await outbox.row(message.id)).toMatchObject({ ...told, status: "accepted" });
    await applyStatus(deps, report(message.id, { attempt: 2, providerId: "SM2", status: "sent" }));
    expect(await outbox.row(message.id)).toMatchObject({ ...told, status: "sent" });
    expect(await attemptOf(message.id, 1)).toMatchObject({
      status: "delivered",
      providerId: "SM1",
    });
    expect(await attemptOf(message.id, 2)).toMatchObject({ status: "sent", providerId: "SM2" });
    expect(await outbox.events(message.id)).toContain("earlier_attempt_accepted");
  });
});

describe("opted out at the provider", () => {
  async function ledger() {
    const { personId } = outbox.conversation;
    return deps.db
      .select()
      .from(consents)
      .where(eq(consents.personId, personId))
      .orderBy(consents.id);
  }
  const refusal = "This person has opted out; they must send START before we can write again";

  it("21610 in the create's answer reaches the ledger, and the next message is refused", async () => {
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "21610",
      message: "Unsubscribed",
      httpStatus: 400,
    });
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({ status: "failed", errorCode: "21610" });
    expect(await ledger()).toMatchObject([
      { state: "opted_out", source: "provider", messageId: message.id, channel: "sms" },
    ]);
    const { workspaceId } = outbox.workspace;
    const conversationId = outbox.conversation.id;
    expect(await enqueueIn(deps, { workspaceId, conversationId, body: "again" })).toEqual({
      kind: "refused",
      code: "opted_out",
      message: refusal,
    });
  });

  it("21610 in a callback does the same, and its repetition does not undo a START in between", async () => {
    deps.provider.answer = () => accepted("SM1");
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    const failed = report(message.id, { status: "failed", errorCode: "21610" });
    await applyStatus(deps, failed);
    expect(await ledger()).toMatchObject([{ state: "opted_out", source: "provider" }]);
    await deps.db.insert(consents).values({
      workspaceId: outbox.workspace.workspaceId,
      personId: outbox.conversation.personId,
      integrationId: outbox.workspace.integration.id,
      channel: "sms",
      address: outbox.conversation.address,
      state: "opted_in",
      source: "keyword",
      at: deps.clock.now(),
    });
    await applyStatus(deps, failed);
    expect((await ledger()).map((row) => row.state)).toEqual(["opted_out", "opted_in"]);
  });

  it("a STOP that came while a message waited keeps it from leaving, and the one behind it too", async () => {
    const first = await outbox.enqueue("first");
    const later = await outbox.enqueue("later", {
      sendAfter: new Date(deps.clock.now().getTime() + 60_000),
    });
    await deps.db.insert(consents).values({
      workspaceId: outbox.workspace.workspaceId,
      personId: outbox.conversation.personId,
      integrationId: outbox.workspace.integration.id,
      channel: "sms",
      address: outbox.conversation.address,
      state: "opted_out",
      source: "keyword",
      at: deps.clock.now(),
    });
    await outbox.dispatch();
    deps.clock.advance(60_000);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(0);
    expect(await outbox.row(first.id)).toMatchObject({
      status: "failed",
      statusReason: "opted_out",
      errorCode: "21610",
      attempt: 0,
      failedAt: new Date(deps.clock.now().getTime() - 60_000),
    });
    expect(await statusesOf(deps, [first.id, later.id])).toEqual(["failed", "failed"]);
    expect(await outbox.events(first.id)).toEqual(["queued", "failed"]);
  });
});

describe("the status door", () => {
  /** A client that plans as the app's does, and notes what it is asked. */
  function spyOn(asked: { query: string; params: unknown[] }[]) {
    const sql = postgres(database.url, {
      max: 1,
      onnotice: () => undefined,
      debug: (_connection, query, params) => void asked.push({ query, params }),
      connection: { plan_cache_mode: "force_generic_plan", enable_seqscan: "off", TimeZone: "UTC" },
    });
    return { sql, close: () => sql.end() };
  }

  /** @param by what it is sent with */
  async function sent(by: TestDeps = deps) {
    const providerId = messageSid();
    deps.provider.answer = () => accepted(providerId);
    const message = await outbox.enqueue("Bonjour");
    await dispatchAccount(by, { accountId: outbox.workspace.account.id });
    const path = `/api/webhooks/twilio/status?m=${message.id}&a=1`;
    const fields = {
      MessageSid: providerId,
      SmsSid: providerId,
      AccountSid: outbox.workspace.account.sid,
      From: outbox.workspace.integration.sender,
      To: outbox.conversation.address,
      ApiVersion: "2010-04-01",
    };
    const post = (
      status: string,
      extra: Record<string, string> = {},
      token?: string,
      sql: TestDeps["sql"] = deps.sql,
    ) =>
      answerStatus(
        { ...deps, sql },
        signedRequest(
          { ...fields, MessageStatus: status, SmsStatus: status, ...extra },
          { token: token ?? outbox.workspace.account.token, path: extra.path ?? path },
        ),
      );
    return { message, providerId, post, path };
  }

  it("R418 answers 204 to what its account signed and applies it, the carrier's time included", async () => {
    const { message, post } = await sent();
    expect((await post("delivered", { RawDlrDoneDate: "2611200915" })).status).toBe(204);
    expect((await outbox.row(message.id)).status).toBe("delivered");
    expect((await attemptOf(message.id, 1))?.carrierAt).toEqual(new Date("2026-11-20T09:15:00Z"));
    const rows = await deps.db
      .select()
      .from(timeline)
      .where(eq(timeline.messageId, message.id))
      .orderBy(timeline.id);
    expect(JSON.stringify(rows)).not.toContain(outbox.conversation.address);
    expect(rows.at(-1)?.data).toMatchObject({ MessageStatus: "delivered" });
  });

  it("R406 trusts no token any more that has changed since the callback before, and takes the new one", async () => {
    const { message, post } = await sent();
    expect((await post("sent")).status).toBe(204);
    const token = "a-new-token-of-the-account";
    await deps.db
      .update(accounts)
      .set({ tokenSealed: deps.cipher.seal(token) })
      .where(eq(accounts.id, outbox.workspace.account.id));
    expect((await post("delivered")).status).toBe(403);
    expect((await outbox.row(message.id)).status).toBe("sent");
    expect((await post("delivered", {}, token)).status).toBe(204);
    expect((await outbox.row(message.id)).status).toBe("delivered");
  });

  it("R406 records of reports that share a statement only those signed with the tokens of now", async () => {
    const [first, second] = [await sent(), await sent()];
    const stateOf = async ({ message }: typeof first) => {
      const [state] = await findCallbackStates(deps.sql, [{ messageId: message.id, attempt: 1 }]);
      if (!state?.seen) throw new Error("no such attempt");
      return { ...state, seen: state.seen };
    };
    type Known = Awaited<ReturnType<typeof stateOf>>;
    const toRecord = ({ message, providerId }: typeof first, { signer, seen }: Known): Report => ({
      ...{ messageId: message.id, attempt: 1, providerId, signer, seen, event: "callback" },
      ...{ attemptStatus: "delivered", messageStatus: "delivered", isEarlierProof: false },
      ...{ carrierAt: null, errorCode: null, errorMessage: null, data: {}, receiptLookAt: null },
      now: deps.clock.now(),
    });
    const stale = await stateOf(first);
    await deps.db
      .update(accounts)
      .set({ nextTokenSealed: deps.cipher.seal("the-next-token-of-the-account") })
      .where(eq(accounts.id, outbox.workspace.account.id));
    const reports = [toRecord(first, stale), toRecord(second, await stateOf(second))];
    expect(await recordReports(deps.sql, reports)).toEqual([false, true]);
    const { message: one } = first;
    const { message: other } = second;
    expect(await statusesOf(deps, [one.id, other.id])).toEqual(["accepted", "delivered"]);
  });

  it("R418 goes by what another process has recorded since the callback before", async () => {
    const { message, providerId, post } = await sent();
    expect((await post("sent", { RawDlrDoneDate: "2611200915" })).status).toBe(204);
    const carrierAt = Date.UTC(2026, 10, 20, 9, 30);
    const meanwhile = { status: "delivered", providerId, carrierAt } as const;
    await applyStatus(deps, report(message.id, meanwhile));
    expect((await post("undelivered", { RawDlrDoneDate: "2611200920" })).status).toBe(204);
    expect((await outbox.row(message.id)).status).toBe("delivered");
    expect(await outbox.events(message.id)).toHaveLength(5);
  });

  it("looks each attempt up by itself, though planned on a day when there were few", async () => {
    const asked: { query: string; params: unknown[] }[] = [];
    const { sql, close } = spyOn(asked);
    const { message, post } = await sent({ ...deps, sql });
    // As another process would, which has sent nothing.
    takeAttempt({ sql }, { messageId: message.id, attempt: 1 });
    expect((await post("delivered", {}, undefined, sql)).status).toBe(204);
    const isLookUp = /update attempts|join accounts c/;
    const ways = asked.filter(({ query }) => isLookUp.test(query));
    // The end of its create, the callback's look, its record.
    expect(ways).toHaveLength(3);
    for (const { query, params } of ways) {
      await sql.unsafe(`prepare way as ${query}`);
      const [plan] = await sql.unsafe(`explain (format json) execute way (${params.map(literal)})`);
      await sql.unsafe("deallocate way");
      const walks = JSON.stringify(plan).match(/{[^{}[\]]*"Relation Name":"attempts"[^{}[\]]*}/g);
      expect(walks?.length).toBeGreaterThan(0);
      for (const walk of walks ?? []) expect(walk).toMatch(/"(Index|Recheck) Cond"/);
    }
    expect((await outbox.row(message.id)).status).toBe("delivered");
    await close();
  });

  it("asks nothing before it records what it knows of a message that this process has sent", async () => {
    const asked: { query: string; params: unknown[] }[] = [];
    const { sql, close } = spyOn(asked);
    const { message, post } = await sent({ ...deps, sql });
    asked.length = 0;
    for (const status of ["queued", "sent", "delivered"]) {
      expect((await post(status, {}, undefined, sql)).status).toBe(204);
    }
    const ways = asked.filter(({ query }) => query.includes("attempts"));
    expect(ways).toHaveLength(3);
    for (const { query } of ways) expect(query).toContain("update attempts");
    expect((await outbox.row(message.id)).status).toBe("delivered");
    expect(await outbox.events(message.id)).toHaveLength(5);
    await close();
  });

  it("keeps a word that nobody knows in the timeline and lets the status be", async () => {
    const { message, post } = await sent();
    expect((await post("brand_new_word")).status).toBe(204);
    expect((await outbox.row(message.id)).status).toBe("accepted");
    expect((await outbox.events(message.id)).at(-1)).toBe("callback");
  });

  it("refuses a forged signature, another account, another tenant's message and another attempt", async () => {
    const { message, post, path } = await sent();
    expect((await post("delivered", {}, "wrong")).status).toBe(403);
    expect((await post("delivered", { AccountSid: `AC${"0".repeat(32)}` })).status).toBe(404);
    const stranger = await createWorkspace(deps);
    const theirs = { AccountSid: stranger.account.sid };
    expect((await post("delivered", theirs, stranger.account.token)).status).toBe(404);
    expect((await post("delivered", { path: path.replace("a=1", "a=2") })).status).toBe(404);
    expect((await post("delivered", { path: path.replace("a=1", "a=x") })).status).toBe(400);
    expect((await outbox.row(message.id)).status).toBe("accepted");
  });
});
