import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { threadPage } from "../../db/queries/threads";
import { media, messages, tasks } from "../../db/schema";
import type { NewOutbound } from "../../lib/outbound/enqueue-message";
import { openMediaLink, TEXT_LINK_SECONDS } from "../../lib/outbound/media-link";
import { reconcileUnconfirmed } from "../../lib/outbound/reconcile-unconfirmed";
import { releasePaused } from "../../lib/outbound/release-paused";
import { sendAgain } from "../../lib/outbound/resolve-bad-number";
import { retryMessage } from "../../lib/outbound/retry-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, openOutbox } from "../support/outbox";
import { createIntegration } from "../support/workspace";

/** R417: files to where no MMS goes. The numbers of these workspaces are French, as are their customers. */
const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  await database.sql`update messages set unconfirmed_at = null where status = 'unconfirmed'`;
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

async function upload(contentType = "image/png", size = 10): Promise<string> {
  const id = deps.chance.uuid();
  const { workspaceId } = outbox.workspace;
  const now = deps.clock.now();
  const file = { id, workspaceId, contentType, size, position: 0, createdAt: now };
  await deps.db.insert(media).values({ ...file, direction: "out", status: "stored" });
  return id;
}

const attempt = (values: Partial<NewOutbound>) =>
  enqueueIn(deps, {
    workspaceId: outbox.workspace.workspaceId,
    conversationId: outbox.conversation.id,
    body: "Voici.",
    ...values,
  });

/** Ids of the files that the lines below the words open. */
function filesBehind(text: string): (string | null)[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("https://carillon.test/m/"))
    .map((line) => {
      const link = openMediaLink(deps, line.replace("https://carillon.test/m/", ""));
      return link.kind === "valid" ? link.mediaId : null;
    });
}

describe("where no MMS goes, files", () => {
  it("leave as signed links below the words, one a line and in their order", async () => {
    const mediaIds = [await upload(), await upload("application/pdf", 2_000_000)];
    const message = await outbox.enqueue("Voici.", { mediaIds });
    await outbox.dispatch();
    const [sent] = deps.provider.sent;
    expect(sent?.mediaUrls).toEqual([]);
    expect(sent?.body.split("\n")[0]).toBe("Voici.");
    expect(filesBehind(sent?.body ?? "")).toEqual(mediaIds);
    expect(message).toMatchObject({ kind: "text", body: sent?.body });
  });

  it("open for 30 days from when the message is due", async () => {
    const sendAfter = new Date(deps.clock.now().getTime() + 3600_000);
    const id = await upload();
    const { body } = await outbox.enqueue("", { mediaIds: [id], sendAfter });
    deps.clock.advance((3600 + TEXT_LINK_SECONDS - 1) * 1000);
    expect(filesBehind(body)).toEqual([id]);
    deps.clock.advance(1000);
    expect(filesBehind(body)).toEqual([null]);
  });

  it("are shown in the thread as what they are, and the words without the links", async () => {
    const id = await upload();
    await outbox.enqueue("Voici.", { mediaIds: [id] });
    const page = await threadPage(deps.db, outbox.scope, {
      conversationId: outbox.conversation.id,
      before: null,
    });
    expect(page.messages).toMatchObject([
      { body: "Voici.", content: { linkedWords: "Voici." }, media: [{ id }] },
    ]);
  });

  it("count among the 1600 characters, and too many are refused before anything is stored", async () => {
    const id = await upload();
    const { body } = await outbox.enqueue("", { mediaIds: [id] });
    const room = 1600 - body.length - 1;
    const full = await attempt({ body: "a".repeat(room), mediaIds: [await upload()] });
    expect(full).toMatchObject({ kind: "queued" });
    const over = await attempt({ body: "a".repeat(room + 1), mediaIds: [await upload()] });
    expect(over).toMatchObject({
      code: "message_too_long",
      message: "The text and the links of its files have 1601 characters; 1600 are the most",
    });
  });

  it("do not make another message of a repeated call", async () => {
    const again = { mediaIds: [await upload()], idempotencyKey: "k" };
    expect((await attempt(again)).kind).toBe("queued");
    expect((await attempt(again)).kind).toBe("duplicate");
    expect(await attempt({ ...again, body: "Voilà." })).toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  it("of an unconfirmed send are found in the provider's list by the text as it was sent", async () => {
    const message = await outbox.enqueue("Voici.", { mediaIds: [await upload()] });
    deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
    await outbox.dispatch();
    deps.provider.listed = [
      {
        providerId: "SM1",
        body: deps.provider.sent[0]?.body ?? "",
        mediaCount: 0,
        createdAt: deps.clock.now().getTime(),
        report: { status: "delivered", errorCode: null, errorMessage: null },
      },
    ];
    deps.clock.advance(31_000);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ adopted: 1 });
    expect(await outbox.row(message.id)).toMatchObject({ status: "delivered", providerId: "SM1" });
  });

  it("have links that begin anew when a person sends the message again", async () => {
    const id = await upload();
    const message = await outbox.enqueue("Voici.", { mediaIds: [id] });
    await deps.db.update(messages).set({ status: "failed" }).where(eq(messages.id, message.id));
    deps.clock.advance((TEXT_LINK_SECONDS + 1) * 1000);
    expect(filesBehind((await outbox.row(message.id)).body)).toEqual([null]);
    const actor = { kind: "system" } as const;
    await retryMessage(deps, { scope: outbox.scope, messageId: message.id, actor });
    await outbox.dispatch();
    expect(deps.provider.sent[0]?.body.split("\n")[0]).toBe("Voici.");
    expect(filesBehind(deps.provider.sent[0]?.body ?? "")).toEqual([id]);
  });
});

describe("links of what was paused for weeks", () => {
  const WEEKS = (TEXT_LINK_SECONDS + 1) * 1000;
  let id: string;
  let message: Awaited<ReturnType<typeof outbox.enqueue>>;

  beforeEach(async () => {
    id = await upload();
    message = await outbox.enqueue("Voici.", { mediaIds: [id] });
  });

  const pause = (statusReason: string) =>
    deps.db
      .update(messages)
      .set({ status: "paused", statusReason, pausedAt: deps.clock.now() })
      .where(eq(messages.id, message.id));

  async function isSentWithNewLinks() {
    await outbox.dispatch();
    const [sent] = deps.provider.sent;
    expect(sent?.body.split("\n")[0]).toBe("Voici.");
    expect(filesBehind(sent?.body ?? "")).toEqual([id]);
    expect((await outbox.row(message.id)).body).toBe(sent?.body);
  }

  it("begin anew when its sender works again", async () => {
    await pause("sender_stopped");
    deps.clock.advance(WEEKS);
    expect(filesBehind((await outbox.row(message.id)).body)).toEqual([null]);
    const by = { ...outbox.scope, actor: { kind: "system" }, role: "owner" } as const;
    const integrationId = outbox.workspace.integration.id;
    expect(await releasePaused(deps, by, { integrationId, dropBefore: null })).toMatchObject({
      sent: 1,
    });
    await isSentWithNewLinks();
  });

  it("begin anew when somebody says that its number is right", async () => {
    await pause("bad_number");
    const { workspaceId, integration } = outbox.workspace;
    const { personId, address } = outbox.conversation;
    const taskId = deps.chance.uuid();
    await deps.db.insert(tasks).values({
      ...{ id: taskId, workspaceId, personId, address, kind: "bad_number" },
      ...{ integrationId: integration.id, channel: "sms", errorCode: "30006" },
      openedAt: deps.clock.now(),
    });
    deps.clock.advance(WEEKS);
    const by = { ...outbox.scope, actor: { kind: "system" } } as const;
    expect(await sendAgain(deps, by, { taskId })).toMatchObject({ kind: "resolved", count: 1 });
    await isSentWithNewLinks();
  });

  it("begin anew when the sweep lets go what a crash left between", async () => {
    await pause("bad_number");
    deps.clock.advance(WEEKS);
    await sweepOutbound(deps);
    expect((await outbox.row(message.id)).status).toBe("queued");
    await isSentWithNewLinks();
  });
});

it("where MMS goes, files are handed over for the provider to fetch", async () => {
  const american = await createIntegration(deps, outbox.workspace, { sender: usNumber() });
  const conversation = await createConversation(deps, outbox.workspace, {
    integrationId: american.id,
    address: "+14165550143",
  });
  const id = await upload();
  const given = { conversationId: conversation.id, mediaIds: [id] };
  expect(await attempt(given)).toMatchObject({ message: { kind: "media", body: "Voici." } });
  await outbox.dispatch();
  const [sent] = deps.provider.sent;
  expect(sent?.body).toBe("Voici.");
  expect(filesBehind(sent?.mediaUrls.join("\n") ?? "")).toEqual([id]);
});

/** Of a sender there is only one in the database. */
function usNumber(): string {
  const digits = BigInt(`0x${deps.chance.uuid().replaceAll("-", "")}`) % 10_000n;
  return `+1212555${digits.toString().padStart(4, "0")}`;
}
