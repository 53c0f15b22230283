import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { notifications, workspaces } from "../../db/schema";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, prefer, raise, writtenTo } from "../support/notifications";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const MINUTE = 60_000;

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await prefer(deps, of, { maxPerHour: null });
});

const alert = (values = {}) => anAlert(person.personId, values);
const raiseHere = (...alerts: ReturnType<typeof alert>[]) =>
  raise(deps, workspace.workspaceId, ...alerts);
const raiseMany = async (count: number) => {
  for (let nth = 0; nth < count; nth += 1) await raiseHere(alert());
};
const tellings = (personId = person.personId) =>
  deps.db
    .select()
    .from(notifications)
    .where(
      and(eq(notifications.personId, personId), eq(notifications.type, "security.high_frequency")),
    )
    .orderBy(asc(notifications.createdAt));
const limit = (values: Partial<typeof workspaces.$inferInsert>) =>
  deps.db.update(workspaces).set(values).where(eq(workspaces.id, workspace.workspaceId));

describe("alerts that come too often", () => {
  it("R024 the tenth in five minutes raises one more, of its own type and in its words", async () => {
    await raiseMany(9);
    expect(await tellings()).toEqual([]);
    const raised = await raiseHere(alert({ title: "Couteau" }));
    expect(raised.map(({ notification }) => notification.title)).toEqual(["Couteau"]);
    expect(await tellings()).toMatchObject([
      {
        kind: "alert",
        category: "security",
        severity: "high",
        data: { title: "10 alertes en 5 min", message: "La dernière : Couteau" },
      },
    ]);
    expect((await writtenTo(deps, of)).map(({ body }) => body)).toEqual([
      "Anomalie\nCamera 3",
      "10 alertes en 5 min : La dernière : Couteau Répondez OK si vu.",
    ]);
  });

  it("R024 once, however many come in the same moment", async () => {
    await Promise.all(Array.from({ length: 20 }, () => raiseHere(alert())));
    expect(await tellings()).toHaveLength(1);
  });

  it("R024 once for a batch that reaches the limit by itself", async () => {
    const raised = await raiseHere(...Array.from({ length: 25 }, () => alert()));
    expect(raised).toHaveLength(25);
    expect(await tellings()).toHaveLength(1);
  });

  it("R024 what is kept or refused counts too: it was reported all the same", async () => {
    await prefer(deps, of, { mutedUntil: new Date(deps.clock.now().getTime() + 60 * MINUTE) });
    await raiseMany(10);
    expect(await tellings()).toHaveLength(1);
    expect(await writtenTo(deps, of)).toEqual([]);
  });

  it("R024 it is told again when the window has passed, if it still goes on, and does not count itself", async () => {
    await raiseMany(30);
    deps.clock.advance(5 * MINUTE - 1);
    await raiseMany(1);
    expect(await tellings()).toHaveLength(1);
    deps.clock.advance(1);
    await raiseMany(8);
    expect(await tellings()).toHaveLength(1);
    await raiseMany(1);
    expect(await tellings()).toHaveLength(2);
  });

  it("R024 other people's alerts, and what is no alert, are not counted", async () => {
    const other = await createConversation(deps, workspace);
    await raiseMany(9);
    await raiseHere(
      anAlert(other.personId),
      alert({ kind: "transactional", type: "transactional" }),
    );
    expect(await tellings()).toEqual([]);
    expect(await tellings(other.personId)).toEqual([]);
  });

  it("R024 as many and as fast as the workspace says, or never", async () => {
    await limit({ frequencyAlerts: 3, frequencySeconds: 60 });
    await raiseMany(2);
    deps.clock.advance(MINUTE);
    await raiseMany(2);
    expect(await tellings()).toEqual([]);
    await raiseMany(1);
    expect(await tellings()).toHaveLength(1);
    await limit({ watchesFrequency: false });
    deps.clock.advance(MINUTE);
    await raiseMany(20);
    expect(await tellings()).toHaveLength(1);
  });

  it("R024 who was told of it by the system that saw it is not told twice", async () => {
    await raiseMany(9);
    await raiseHere(alert({ type: "security.high_frequency" }), alert());
    expect(await tellings()).toHaveLength(1);
  });
});
