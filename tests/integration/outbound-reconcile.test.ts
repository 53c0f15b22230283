import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { attempts, messages } from "../../db/schema";
import type { MessageStatus } from "../../lib/domain/words";
import { applyStatus } from "../../lib/outbound/apply-status";
import { askForReceipts } from "../../lib/outbound/ask-for-receipts";
import { confirmMessage } from "../../lib/outbound/confirm-message";
import { reconcileUnconfirmed } from "../../lib/outbound/reconcile-unconfirmed";
import { retryMessage } from "../../lib/outbound/retry-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import type { ListedMessage } from "../../lib/ports/sms";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { abandonSend, openOutbox } from "../support/outbox";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
const actor = { kind: "system" } as const;

beforeEach(async () => {
  // Of the tests before: each has a workspace of its own, but a look goes over all of them.
  await database.sql`update messages set unconfirmed_at = null where status = 'unconfirmed'`;
  await database.sql`update attempts set look_at = null where look_at is not null`;
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

/** A send of which nobody knows whether it arrived. */
async function unconfirmed(body: string) {
  const message = await outbox.enqueue(body);
  deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
  await outbox.dispatch();
  expect((await outbox.row(message.id)).status).toBe("unconfirmed");
  return message;
}

function listed(providerId: string, body: string, values: Partial<ListedMessage> = {}) {
  const report = { status: "delivered" as const, errorCode: null, errorMessage: null };
  const createdAt = deps.clock.now().getTime();
  return { providerId, body, mediaCount: 0, createdAt, report, ...values };
}

const seconds = (count: number) => deps.clock.advance(count * 1000);

async function lookTwice() {
  seconds(31);
  await reconcileUnconfirmed(deps);
  seconds(61);
  return reconcileUnconfirmed(deps);
}

describe("an unconfirmed send (Sending 6)", () => {
  it("is asked about 30 s after its attempt, not before", async () => {
    await unconfirmed("Bonjour");
    seconds(29);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ postponed: 0 });
    expect(deps.provider.asked).toEqual([]);
    seconds(1);
    await reconcileUnconfirmed(deps);
    expect(deps.provider.asked).toMatchObject([
      {
        channel: "sms",
        from: outbox.workspace.integration.sender,
        to: outbox.conversation.address,
      },
    ]);
  });

  it("that the provider has takes its id and its status, and those behind it leave", async () => {
    const message = await unconfirmed("Bonjour");
    const next = await outbox.enqueue("Et encore");
    deps.provider.listed = [listed("SM1", "Bonjour")];
    seconds(31);
    deps.bells.length = 0;
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ adopted: 1, requeued: 0 });
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "delivered", providerId: "SM1", unconfirmedAt: null });
    expect(await outbox.events(message.id)).toEqual(["queued", "unconfirmed", "look"]);
    expect(deps.bells).toMatchObject([{ kind: "dispatch" }]);
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM2", segments: 1 });
    await outbox.dispatch();
    expect((await outbox.row(next.id)).status).toBe("accepted");
  });

  it("that failed at the provider is told so with its code", async () => {
    const message = await unconfirmed("Bonjour");
    const report = { status: "undelivered" as const, errorCode: "30005", errorMessage: "gone" };
    deps.provider.listed = [listed("SM1", "Bonjour", { report })];
    seconds(31);
    await reconcileUnconfirmed(deps);
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "undelivered", errorCode: "30005" });
  });

  it("that is not there twice leaves again, once, and as the next attempt", async () => {
    const message = await unconfirmed("Bonjour");
    seconds(31);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ postponed: 1, requeued: 0 });
    expect((await outbox.row(message.id)).status).toBe("unconfirmed");
    seconds(59);
    await reconcileUnconfirmed(deps);
    expect(deps.provider.asked).toHaveLength(1);
    seconds(1);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ requeued: 1 });
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM9", segments: 1 });
    await outbox.dispatch();
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "accepted", attempt: 2, providerId: "SM9" });
    expect(deps.provider.sent).toHaveLength(2);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ requeued: 0 });
  });

  it("is not judged while the provider does not answer", async () => {
    const message = await unconfirmed("Bonjour");
    deps.provider.listed = null;
    expect(await lookTwice()).toMatchObject({ postponed: 1, requeued: 0 });
    seconds(61);
    await reconcileUnconfirmed(deps);
    expect((await outbox.row(message.id)).status).toBe("unconfirmed");
    deps.provider.listed = [];
    seconds(61);
    await reconcileUnconfirmed(deps);
    expect((await outbox.row(message.id)).status).toBe("unconfirmed");
    seconds(61);
    await reconcileUnconfirmed(deps);
    expect((await outbox.row(message.id)).status).toBe("queued");
  });

  it("is not judged while another message to that number is on its way", async () => {
    const message = await unconfirmed("Bonjour");
    const other = await outbox.enqueue("Urgent", { lane: "normal" });
    await abandonSend(deps, other, outbox.workspace);
    deps.provider.listed = [listed("SM1", "Urgent")];
    seconds(31);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ postponed: 1 });
    seconds(61);
    await reconcileUnconfirmed(deps);
    expect((await outbox.row(message.id)).status).toBe("unconfirmed");
    // Its lease ends: now both are sought, and what is there is the other one's.
    await sweepOutbound(deps);
    expect((await outbox.row(other.id)).status).toBe("unconfirmed");
    seconds(31);
    await reconcileUnconfirmed(deps);
    expect((await outbox.row(other.id)).providerId).toBe("SM1");
    expect((await outbox.row(message.id)).status).toBe("unconfirmed");
  });

  it("of two identical ones, one is adopted where the provider has one, and the other leaves again", async () => {
    const first = await outbox.enqueue("ok");
    const second = await outbox.enqueue("ok", { lane: "normal" });
    deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
    await outbox.dispatch();
    deps.provider.listed = [listed("SM1", "ok")];
    await lookTwice();
    const rows = [await outbox.row(first.id), await outbox.row(second.id)];
    expect(rows.map((row) => row.status).toSorted()).toEqual(["delivered", "queued"]);
    expect(rows.map((row) => row.providerId).toSorted()).toEqual(["SM1", null]);
  });

  it("does not take what is another message's", async () => {
    const known = await outbox.enqueue("ok");
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM1", segments: 1 });
    await outbox.dispatch();
    const message = await unconfirmed("ok");
    deps.provider.listed = [listed("SM1", "ok")];
    await lookTwice();
    expect((await outbox.row(message.id)).status).toBe("queued");
    expect((await outbox.row(known.id)).providerId).toBe("SM1");
  });

  it("that cannot be told apart asks a person and holds up nobody", async () => {
    const message = await unconfirmed("Bonjour");
    const next = await outbox.enqueue("Et encore");
    deps.provider.listed = [listed("SM1", "")];
    expect(await lookTwice()).toMatchObject({ doubtful: 1 });
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "unconfirmed", statusReason: "doubtful" });
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM2", segments: 1 });
    await outbox.dispatch();
    expect((await outbox.row(next.id)).status).toBe("accepted");
    seconds(600);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ doubtful: 0, postponed: 0 });
  });

  it("is settled by a receipt that comes between the looks", async () => {
    const message = await unconfirmed("Bonjour");
    seconds(31);
    await reconcileUnconfirmed(deps);
    const receipt = { status: "sent" as const, errorCode: null, errorMessage: null };
    await applyStatus(deps, {
      messageId: message.id,
      attempt: 1,
      providerId: "SM7",
      ...receipt,
      carrierAt: null,
      data: {},
      via: "callback",
    });
    seconds(61);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ requeued: 0, adopted: 0 });
    expect(await outbox.row(message.id)).toMatchObject({ status: "sent", providerId: "SM7" });
  });

  it("of a process that died is found by its lease and asked about like the others", async () => {
    const message = await outbox.enqueue("Bonjour");
    await abandonSend(deps, message, outbox.workspace);
    await sweepOutbound(deps);
    deps.provider.listed = [listed("SM1", "Bonjour")];
    seconds(31);
    await reconcileUnconfirmed(deps);
    expect(await outbox.row(message.id)).toMatchObject({ status: "delivered", providerId: "SM1" });
    const [attempt] = await deps.db
      .select()
      .from(attempts)
      .where(eq(attempts.messageId, message.id));
    expect(attempt).toMatchObject({ providerId: "SM1", outcome: "unknown", status: "delivered" });
  });
});

describe("a receipt that fails to come", () => {
  const minutes = (count: number) => seconds(count * 60);
  const said = (status: MessageStatus, errorCode: string | null = null) => {
    deps.provider.report = { status, errorCode, errorMessage: null };
  };

  async function taken() {
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM5", segments: 1 });
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    return message;
  }

  it("is asked for 2, 10 and 60 minutes after the send and then daily, until it is there", async () => {
    const message = await taken();
    said("accepted");
    const asked: number[] = [];
    for (let minute = 0; minute <= 4400; minute += 1) {
      if ((await askForReceipts(deps)).asked > 0) asked.push(minute);
      minutes(1);
    }
    expect(asked).toEqual([2, 10, 60, 1440, 2880, 4320]);
    expect((await outbox.row(message.id)).status).toBe("accepted");
    expect(await outbox.events(message.id)).toEqual(["queued", "accepted"]);
  });

  it("is applied like one that came, and not asked for again", async () => {
    const message = await taken();
    said("undelivered", "30005");
    minutes(2);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 1 });
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "undelivered", errorCode: "30005" });
    minutes(60);
    expect(await askForReceipts(deps)).toEqual({ asked: 0, learned: 0 });
  });

  it("goes on from sent to delivered", async () => {
    const message = await taken();
    said("sent");
    minutes(2);
    await askForReceipts(deps);
    said("delivered");
    minutes(8);
    await askForReceipts(deps);
    expect((await outbox.row(message.id)).status).toBe("delivered");
  });

  it("is asked for again a minute later where the provider does not answer", async () => {
    const message = await taken();
    minutes(2);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 0 });
    said("delivered");
    expect(await askForReceipts(deps)).toEqual({ asked: 0, learned: 0 });
    minutes(1);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 1 });
    expect((await outbox.row(message.id)).status).toBe("delivered");
  });

  it("is not asked for when it came in time, and is when only the first one did", async () => {
    const [one, other] = [await taken(), await outbox.enqueue("Encore")];
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM6", segments: 1 });
    await outbox.dispatch();
    const receipt = (messageId: string, providerId: string, status: MessageStatus) =>
      applyStatus(deps, {
        messageId,
        attempt: 1,
        providerId,
        status,
        errorCode: null,
        errorMessage: null,
        carrierAt: null,
        data: {},
        via: "callback",
      });
    await receipt(one.id, "SM5", "delivered");
    await receipt(other.id, "SM6", "sent");
    said("delivered");
    minutes(2);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 1 });
    expect((await outbox.row(other.id)).status).toBe("delivered");
  });

  it("is asked for where a first one came before a send that then was not answered", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = async () => {
      await applyStatus(deps, {
        messageId: message.id,
        attempt: 1,
        providerId: "SM3",
        status: "sent",
        errorCode: null,
        errorMessage: null,
        carrierAt: null,
        data: {},
        via: "callback",
      });
      return { kind: "unknown", reason: "reset", httpStatus: null };
    };
    await outbox.dispatch();
    expect((await outbox.row(message.id)).status).toBe("sent");
    said("delivered");
    minutes(2);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 1 });
  });

  it("of a send that was found by a look is asked for too", async () => {
    const message = await unconfirmed("Bonjour");
    const report = { status: "accepted" as const, errorCode: null, errorMessage: null };
    deps.provider.listed = [listed("SM1", "Bonjour", { report })];
    seconds(31);
    await reconcileUnconfirmed(deps);
    said("delivered");
    minutes(2);
    expect(await askForReceipts(deps)).toEqual({ asked: 1, learned: 1 });
    expect((await outbox.row(message.id)).status).toBe("delivered");
  });
});

describe("a doubtful one", () => {
  const confirm = (messageId: string) =>
    confirmMessage(deps, { scope: outbox.scope, messageId, actor });

  async function doubtful() {
    const message = await unconfirmed("Bonjour");
    deps.provider.listed = [listed("SM1", "something else")];
    await lookTwice();
    return message;
  }

  it("that a person says has arrived counts as sent, and a later receipt outranks them", async () => {
    const message = await doubtful();
    expect(await confirm(message.id)).toMatchObject({ kind: "confirmed" });
    const row = await outbox.row(message.id);
    expect(row).toMatchObject({ status: "sent", statusReason: "confirmed_by_person" });
    expect(await outbox.events(message.id)).toContain("confirmed");
    expect(await confirm(message.id)).toEqual({ kind: "not_unconfirmed", status: "sent" });
  });

  it("that a person sends again leaves once more", async () => {
    const message = await doubtful();
    await retryMessage(deps, { scope: outbox.scope, messageId: message.id, actor });
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SM8", segments: 1 });
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({ status: "accepted", attempt: 2 });
    const [row] = await deps.db.select().from(messages).where(eq(messages.id, message.id));
    expect(row?.unconfirmedAt).toBeNull();
  });

  it("of another workspace is not found", async () => {
    const message = await doubtful();
    const other = await openOutbox(deps);
    const asked = confirmMessage(deps, { scope: other.scope, messageId: message.id, actor });
    expect(await asked).toEqual({ kind: "not_found" });
  });
});
