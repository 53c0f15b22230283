import type { Database } from "../../db/client";
import { demoId, demoSid } from "../../db/demo/build";
import { type Due, nextDue } from "../../db/demo/next-due";
import type { Stage } from "../../db/demo/play";
import { type MessageRow, settleQueued, tellSettled } from "../../db/demo/settle-queued";
import { parseInbound } from "../../lib/domain/parse-inbound";
import { type EventToReport, reportEvents } from "../../lib/events/report-events";
import { ingestMessage } from "../../lib/inbound/ingest-message";
import { readNotifications } from "../../lib/notifications/read-notifications";
import { releaseOf } from "../../lib/notifications/release-deliveries";
import { savePreferences } from "../../lib/notifications/save-preferences";
import type { Clock } from "../../lib/ports/clock";
import type { Deps } from "../../lib/ports/deps";
import { sendDueOf } from "../../lib/reminders/send-due-reminders";
import { atelierStory } from "./atelier";
import { librairieStory } from "./librairie";
import type { Reported, Step, Story } from "./story";

/*
 * The demo's past is decided by the product's own stages: a clock walks from one moment to the next at
 * which something was reported or due. Only what the networks made of it is set (settle-queued).
 */

const STORIES: Readonly<Record<string, (now: Date) => Story>> = {
  demo: atelierStory,
  "demo-librairie": librairieStory,
};

type Past = {
  deps: Deps;
  clock: PastClock;
  tx: Database;
  stage: Stage;
  story: Story;
  /** Messages that have left so far. */
  settled: MessageRow[];
};

class PastClock implements Clock {
  constructor(private time: Date) {}
  now() {
    return this.time;
  }
  monotonic() {
    return this.time.getTime();
  }
  /** Never back. */
  moveTo(time: Date) {
    if (time > this.time) this.time = time;
  }
}

/** What systems have reported to a demo workspace so far, in the transaction that makes the workspace. */
export async function livePast(deps: Deps, tx: Database, stage: Stage): Promise<void> {
  const story = STORIES[stage.slug]?.(stage.now);
  const begin = story?.steps[0]?.at;
  if (!story || !begin) return;
  const clock = new PastClock(begin);
  const inPast = pastDeps(deps, { tx, clock, stage });
  const past: Past = { deps: inPast, clock, tx, stage, story, settled: [] };
  for (const step of story.steps) {
    await doWhatIsDue(past, step.at);
    clock.moveTo(step.at);
    await happen(past, step);
    await settle(past);
  }
  await doWhatIsDue(past, stage.now);
  await tellSettled(tx, past.settled);
}

type Making = { tx: Database; clock: PastClock; stage: Stage };

/**
 * The stages' world in the past: within the transaction, by its clock, and always with the same chance.
 * Nobody is told. What they ask of `sql` goes by a connection that does not see these rows yet, so that
 * no doorbell rings either.
 */
function pastDeps(deps: Deps, { tx, clock, stage }: Making): Deps {
  let drawn = 0;
  return {
    ...deps,
    db: tx,
    clock,
    chance: {
      uuid: () => demoId(`past ${stage.slug} ${drawn++}`, clock.now()),
      token: (length) => demoSid("SM", `token ${stage.slug} ${drawn++}`).slice(0, length),
      random: () => 0.5,
    },
    realtime: { announce: () => undefined },
    jobs: { ring: async () => undefined },
  };
}

/** What the minute's jobs would have done until then, at the moments at which it was due. */
async function doWhatIsDue(past: Past, until: Date) {
  const { deps, clock, tx, stage } = past;
  const { workspaceId } = stage;
  for (;;) {
    const all = await nextDue(tx, workspaceId);
    const [moment] = all.map(({ at }) => lookedAt(past, at)).sort(earlierFirst);
    if (!moment || moment > until) return;
    clock.moveTo(moment);
    for (const [job, personIds] of dueBy(all, moment)) {
      for (const personId of personIds) await job(deps, { workspaceId, personId });
    }
    await settle(past);
  }
}

function earlierFirst(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}

/** The jobs with the persons for whom they have something to do. */
function dueBy(all: readonly Due[], moment: Date) {
  const personsOf = (what: Due["what"]) =>
    new Set(all.flatMap((due) => (due.what === what && due.at <= moment ? [due.personId] : [])));
  return [
    [releaseOf, personsOf("kept")],
    [sendDueOf, personsOf("reminder")],
  ] as const;
}

/** A job finds it a little later, or when the outage is over. */
function lookedAt({ story: { outage }, clock }: Past, due: Date): Date {
  const look = new Date(Math.max(due.getTime() + 20_000, clock.now().getTime()));
  return outage && look >= outage.from && look < outage.until ? outage.until : look;
}

async function settle({ tx, stage, story, clock, settled }: Past) {
  const now = clock.now();
  const unreachable = story.unreachable.flatMap(({ address, from, until }) =>
    now >= from && now < until ? [address] : [],
  );
  settled.push(...(await settleQueued(tx, { workspaceId: stage.workspaceId, unreachable })));
}

async function happen(past: Past, step: Step) {
  switch (step.kind) {
    case "reported":
      return report(past, step.events);
    case "answered":
      return answer(past, step);
    case "read": {
      const { personId } = userOf(past, step.who);
      const { workspaceId } = past.stage;
      return readNotifications(past.deps, { workspaceId, personId, ids: null });
    }
    case "preferred": {
      const { personId, id: userId } = userOf(past, step.who);
      const { workspaceId } = past.stage;
      const acting = { workspaceId, actor: { kind: "user", userId } as const };
      const saving = { acting, person: { personId, userId }, changes: step.changes };
      return expectKind(await savePreferences(past.deps, saving), "saved");
    }
    default:
      return step satisfies never;
  }
}

async function report(past: Past, events: readonly Reported[]) {
  const { workspaceId } = past.stage;
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const reported = events.map((event): EventToReport => {
    const { to, type, data } = event;
    const recipient = typeof to === "string" ? { userId: userOf(past, to).id } : to;
    const subject = "subject" in event ? event.subject : null;
    return { type, recipient, subject, data, occurredAt: null };
  });
  expectKind(await reportEvents(past.deps, { acting, events: reported }), "reported");
}

/** A text that came in by the provider's webhook. */
async function answer({ deps, stage, clock }: Past, step: Extract<Step, { kind: "answered" }>) {
  const { workspaceId, accountId, accountSid: AccountSid } = stage;
  const sender = stage.senders.get(step.on);
  if (!sender) throw new Error(`the demo has no sender ${step.on}`);
  const MessageSid = demoSid("SM", `answer ${step.from.phone} ${clock.now().toISOString()}`);
  const params = {
    ...{ MessageSid, AccountSid, From: step.from.phone, To: sender.number },
    ...{ Body: step.text, NumMedia: "0" },
  };
  const read = parseInbound(new Map(Object.entries(params)));
  if (!read.ok) throw new Error(`the demo's answer lacks ${read.field}`);
  const to = { workspaceId, integrationId: sender.id, accountId };
  expectKind(await ingestMessage(deps, { sender: to, message: read.message }), "stored");
}

function userOf({ stage }: Past, key: Parameters<Stage["users"]["get"]>[0]) {
  const user = stage.users.get(key);
  if (!user) throw new Error(`${key} is not in ${stage.slug}`);
  return user;
}

function expectKind(outcome: { kind: string }, kind: string) {
  if (outcome.kind !== kind) throw new Error(`the demo's past: ${JSON.stringify(outcome)}`);
}
