import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { accounts, consents, conversations, media, messages } from "../../db/schema";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { type Simulator, startSimulator } from "../../lib/embedded/simulator/server";
import { recoverMissed } from "../../lib/inbound/recover-missed";
import type { ReceivedMessage } from "../../lib/ports/sms";
import { createSmsProviders } from "../../lib/providers/sms";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { signedRequest, smsFields } from "../support/twilio-request";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PERSON = "+33612345678";
let deps: TestDeps;
let workspace: TestWorkspace;

beforeEach(async () => {
  // A run asks about the accounts of all workspaces: those of the tests before have nothing to say.
  await database.sql`update accounts set token_sealed = null`;
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
});

const seconds = (count: number) => deps.clock.advance(count * 1000);

function text(providerId: string, body: string, values: Partial<ReceivedMessage> = {}) {
  return {
    providerId,
    from: PERSON,
    to: workspace.integration.sender,
    messagingServiceSid: null,
    body,
    receivedAt: deps.clock.now(),
    mediaCount: 0,
    ...values,
  };
}

const stored = () =>
  deps.db
    .select()
    .from(messages)
    .where(eq(messages.workspaceId, workspace.workspaceId))
    .orderBy(asc(messages.seq));

async function conversation() {
  const [row] = await deps.db
    .select()
    .from(conversations)
    .where(eq(conversations.workspaceId, workspace.workspaceId));
  if (!row) throw new Error("no conversation");
  return row;
}

async function arrive(fields: Record<string, string>) {
  const { token } = workspace.account;
  await answerInbound(deps, signedRequest(smsFields(workspace, fields), { token }));
}

describe("texts that did not reach us", () => {
  it("are stored in their order, once, with the time they came in, marked and announced", async () => {
    const first = text("SM1", "Bonjour");
    seconds(5);
    const second = text("SM2", "Il y a quelqu'un ?");
    deps.provider.received = [first, second];
    seconds(600);
    expect(await recoverMissed(deps)).toEqual({
      asked: 1,
      recovered: 2,
      imported: 0,
      foreign: 0,
      failed: 0,
    });
    const rows = await stored();
    expect(rows.map((row) => [row.body, row.seq, row.createdAt, row.status])).toEqual([
      ["Bonjour", 1, first.receivedAt, "received"],
      ["Il y a quelqu'un ?", 2, second.receivedAt, "received"],
    ]);
    expect(rows.map((row) => row.content)).toEqual([{ recovered: true }, { recovered: true }]);
    expect(await conversation()).toMatchObject({ state: "open", inboundCount: 2 });
    expect(deps.changes).toHaveLength(2);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 0 });
    expect(await stored()).toHaveLength(2);
  });

  it("are told from those that did, also when their webhook comes after all", async () => {
    await arrive({ MessageSid: `SM${"1".repeat(32)}`, From: PERSON, Body: "arrived" });
    deps.provider.received = [
      text(`SM${"1".repeat(32)}`, "arrived"),
      text(`SM${"2".repeat(32)}`, "missed"),
    ];
    seconds(600);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 1 });
    await arrive({ MessageSid: `SM${"2".repeat(32)}`, From: PERSON, Body: "missed" });
    expect((await stored()).map((row) => row.body)).toEqual(["arrived", "missed"]);
  });

  it("are left to the provider's own tries for two minutes", async () => {
    deps.provider.received = [text("SM1", "Bonjour")];
    seconds(119);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 0 });
    seconds(1);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 1 });
  });

  it("are asked for from where the last comparison ended, with an overlap", async () => {
    seconds(86_400);
    await recoverMissed(deps);
    const late = text("SM1", "late in the list");
    seconds(60);
    deps.provider.received = [late];
    await recoverMissed(deps);
    expect(await stored()).toHaveLength(0);
    seconds(3600);
    deps.provider.received = [late, text("SM0", "too old to be asked for")].map((one, n) =>
      n === 0 ? one : { ...one, receivedAt: new Date(deps.clock.now().getTime() - 7200_000) },
    );
    await recoverMissed(deps);
    expect((await stored()).map((row) => row.providerId)).toEqual(["SM1"]);
  });

  it("of a long silence come in parts where one list does not hold them, each once and in order", async () => {
    const missed: ReceivedMessage[] = [];
    for (let n = 0; n < 30; n += 1) {
      missed.push(text(`SM${n}`, `text ${n}`));
      seconds(600);
    }
    deps.provider.received = missed;
    deps.provider.longestList = 4;
    expect(await recoverMissed(deps)).toMatchObject({ asked: 1, recovered: 30, failed: 0 });
    expect((await stored()).map((row) => row.body)).toEqual(missed.map(({ body }) => body));
    const [account] = await deps.db
      .select()
      .from(accounts)
      .where(eq(accounts.id, workspace.account.id));
    const ripe = new Date(deps.clock.now().getTime() - 120_000);
    expect(account?.recoveredUntil).toEqual(ripe);
  });

  it("are asked for again from the same moment where the provider does not answer", async () => {
    deps.provider.received = null;
    seconds(600);
    expect(await recoverMissed(deps)).toMatchObject({ asked: 0, failed: 1 });
    const [account] = await deps.db
      .select()
      .from(accounts)
      .where(eq(accounts.id, workspace.account.id));
    expect(account?.recoveredUntil).toBeNull();
  });

  it("wait as a whole where a file's address cannot be learned", async () => {
    deps.provider.received = [text("SM1", "", { mediaCount: 1 })];
    deps.provider.files = null;
    seconds(600);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 0, failed: 1 });
    deps.provider.files = [{ url: "https://api.twilio.com/x/ME1", contentType: "image/png" }];
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 1, failed: 0 });
    const [file] = await deps.db
      .select()
      .from(media)
      .where(eq(media.workspaceId, workspace.workspaceId));
    expect(file).toMatchObject({ status: "owed" });
  });

  it("of a number that is not here are counted and left", async () => {
    deps.provider.received = [text("SM1", "Bonjour", { to: "+33199009999" })];
    seconds(600);
    expect(await recoverMissed(deps)).toMatchObject({ foreign: 1, recovered: 0, failed: 0 });
  });

  it("of long ago open nothing that nobody waits for any more", async () => {
    deps.provider.received = [text("SM1", "Bonjour")];
    seconds(72 * 3600 + 60);
    await recoverMissed(deps);
    expect(await conversation()).toMatchObject({ state: "resolved", waitingSince: null });
  });

  it("take back no consent that was given after them", async () => {
    const stop = text("SM1", "STOP");
    seconds(60);
    await arrive({ MessageSid: `SM${"3".repeat(32)}`, From: PERSON, Body: "START" });
    deps.provider.received = [stop];
    seconds(600);
    expect(await recoverMissed(deps)).toMatchObject({ recovered: 1 });
    const ledger = await deps.db
      .select()
      .from(consents)
      .where(eq(consents.workspaceId, workspace.workspaceId));
    expect(ledger.map((row) => row.state)).toEqual(["opted_in"]);
  });
});

describe("by Twilio's protocol", () => {
  let simulator: Simulator | null = null;
  afterEach(async () => {
    await simulator?.close();
    simulator = null;
  });

  it("texts and photos that were told to nobody are listed, read and stored", async () => {
    const { account, integration } = workspace;
    const { sid, token } = account;
    simulator = await startSimulator({
      accounts: [{ sid, token, webhookUrl: null, numbers: [{ number: integration.sender }] }],
    });
    const control = simulatorControl(simulator.url);
    const to = integration.sender;
    const photo = await control.upload(Uint8Array.of(1, 2, 3), "image/png", "photo.png");
    await control.send({ from: PERSON, to, body: "Bonjour" });
    await control.send({ from: PERSON, to, body: "La voici", media: [photo] });
    const sms = createSmsProviders({
      log: deps.log,
      twilioApiUrl: simulator.url,
      fetchFile: async () => ({ ok: false, isFinal: true, reason: "not in this test" }),
      uuid: deps.chance.uuid,
    });
    // The network lives by the machine's clock.
    seconds((Date.now() - deps.clock.now().getTime()) / 1000 + 600);
    const report = await recoverMissed({ ...deps, sms });
    expect(report).toEqual({ asked: 1, recovered: 2, imported: 0, foreign: 0, failed: 0 });
    const rows = await stored();
    expect(rows.map((row) => [row.body, row.kind])).toEqual([
      ["Bonjour", "text"],
      ["La voici", "media"],
    ]);
    const [file] = await deps.db
      .select()
      .from(media)
      .where(eq(media.workspaceId, workspace.workspaceId));
    expect(file?.sourceUrl).toMatch(/\/Messages\/[SM]M[0-9a-f]{32}\/Media\/ME[0-9a-f]{32}$/);
  });
});
