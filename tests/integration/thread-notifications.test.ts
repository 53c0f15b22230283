import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { conversationDetail } from "../../db/queries/conversations";
import { threadPage } from "../../db/queries/threads";
import { messages } from "../../db/schema";
import type { Scope } from "../../lib/domain/viewer";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { addMessage, createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, prefer, raise } from "../support/notifications";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const HOUR = 3_600_000;
const SUBJECT = { type: "loan", id: "42", title: "Caméra", url: "https://example.com/42" };

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let scope: Scope;

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  scope = { workspaceId: workspace.workspaceId, integrations: "all" };
  await prefer(deps, { workspaceId: workspace.workspaceId, personId: person.personId });
});

const told = (title: string, values: Parameters<typeof anAlert>[1] = {}) =>
  raise(
    deps,
    workspace.workspaceId,
    anAlert(person.personId, { title, type: `test.${title}`, ...values }),
  );
const wrote = (body: string, values: Partial<typeof messages.$inferInsert> = {}) =>
  addMessage(deps, workspace, person, { body, ...values });

/** `body > title | title` of each message of the thread that is about something. */
async function abouts() {
  const input = { conversationId: person.id, before: null };
  const page = await threadPage(deps.db, scope, input);
  return page.messages.flatMap(({ body, about }) =>
    about.length === 0
      ? []
      : [`${body.split("\n")[0]} > ${about.map((one) => one.title).join(" | ")}`],
  );
}

const detailFor = (reader: Scope) =>
  conversationDetail(deps.db, reader, { id: person.id, userId: null, now: deps.clock.now() });

describe("the context of a thread", () => {
  it("what we told says what it is about, and the first answer to it quotes it with its subject", async () => {
    await told("Rappel", { kind: "reminder", subject: SUBJECT });
    await wrote("Je peux garder la caméra ?");
    await wrote("Jusqu’à lundi");
    expect(await abouts()).toEqual(["Rappel > Rappel", "Je peux garder la caméra ? > Rappel"]);
    const page = await threadPage(deps.db, scope, { conversationId: person.id, before: null });
    expect(page.messages[1]?.about).toMatchObject([
      { kind: "reminder", subject: SUBJECT, answer: null },
    ]);
  });

  it("a code and our confirmation of it do not come between", async () => {
    await told("Rappel");
    await wrote("OUI", { content: { replyCode: "confirm" } });
    const [message] = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.body, "Rappel\nCamera 3"));
    const notificationId = message?.notificationId ?? null;
    await wrote("Confirmé, merci : Rappel", { direction: "out", notificationId });
    await wrote("Mais à quelle heure ?");
    expect(await abouts()).toEqual([
      "Rappel > Rappel",
      "OUI > Rappel",
      "Mais à quelle heure ? > Rappel",
    ]);
  });

  it("what answers a colleague, or comes after 72 hours, quotes nothing", async () => {
    await told("A");
    const author = await createUser(deps, workspace.workspaceId, "agent");
    await wrote("Puis-je vous aider ?", { direction: "out", authorUserId: author.id });
    await wrote("Oui");
    await told("B");
    deps.clock.advance(72 * HOUR + 1);
    await wrote("Bonjour");
    expect(await abouts()).toEqual(["A > A", "B > B"]);
  });

  it("what the person quotes on WhatsApp decides", async () => {
    await told("A");
    await told("B");
    const [older] = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.conversationId, person.id))
      .orderBy(messages.seq);
    const talk = await wrote("Bonjour");
    await wrote("Celui-ci", { quotedMessageId: older?.id ?? null });
    await wrote("Et cela", { quotedMessageId: talk.id });
    expect(await abouts()).toEqual(["A > A", "B > B", "Bonjour > B", "Celui-ci > A"]);
  });

  it("a summary is about all that it tells", async () => {
    for (const title of ["A", "B", "C"]) await told(title, { type: "test.same" });
    deps.clock.advance(6 * 60_000);
    await releaseDeliveries(deps);
    await wrote("Lesquelles ?");
    expect(await abouts()).toEqual(["A > A", "2 notifications : > C | B", "Lesquelles ? > C | B"]);
  });
});

describe("the notifications beside a thread", () => {
  it("are the last five with their fates, those that went nowhere too", async () => {
    for (const nth of [1, 2, 3, 4, 5]) {
      await told(`N${nth}`, { severity: "critical" });
      deps.clock.advance(1000);
    }
    await told("N6", { channels: ["email"], subject: SUBJECT });
    const detail = await detailFor(scope);
    expect(detail?.notifications.map(({ title }) => title)).toEqual(["N6", "N5", "N4", "N3", "N2"]);
    expect(detail?.notifications.slice(0, 2)).toMatchObject([
      { subject: SUBJECT, deliveries: [{ channel: "email", fate: "refused" }] },
      { deliveries: [{ channel: "sms", fate: "queued", messageStatus: "queued" }] },
    ]);
  });

  it("a reader of some numbers sees what went by these alone", async () => {
    const other = await createIntegration(deps, workspace);
    await told("Par SMS");
    await told("Nulle part", { channels: ["email"] });
    const titles = async (integrations: Scope["integrations"]) =>
      (await detailFor({ ...scope, integrations }))?.notifications.map(({ title }) => title);
    expect(await titles([workspace.integration.id])).toEqual(["Par SMS"]);
    expect(await titles([other.id])).toBeUndefined();
  });

  it("of a colleague, what only they were to see stays theirs", async () => {
    const colleague = await createUser(deps, workspace.workspaceId, "member");
    person = await createConversation(deps, workspace, { personId: colleague.personId });
    await told("Pour elle", { channels: ["web"] });
    expect((await detailFor(scope))?.notifications).toEqual([]);
  });

  it("another workspace's are not there", async () => {
    await told("A");
    const foreign = await createWorkspace(deps);
    expect(await detailFor({ workspaceId: foreign.workspaceId, integrations: "all" })).toBeNull();
  });
});
