import { countDuePriceDays, countSpendingDeltas } from "../../db/queries/system/costs";
import { countRemindersDue } from "../../db/queries/system/due-reminders";
import { countKeptDue } from "../../db/queries/system/kept-deliveries";
import {
  countDueSnoozes,
  countOwedMedia,
  countOwedMessages,
  countOwedWebhooks,
  countRecoverable,
  countUnconfirmed,
} from "../../db/queries/system/owed";
import { countStopped } from "../../db/queries/system/stopped";
import { findTemplateAccounts } from "../../db/queries/system/whatsapp-templates";
import { wakeSnoozed } from "../conversations/wake-snoozed";
import { fetchPrices } from "../costs/fetch-prices";
import { rollUpSpending } from "../costs/roll-up-spending";
import { compareTraffic } from "../inbound/compare-traffic";
import { recoverMissed } from "../inbound/recover-missed";
import { sweepOwedMedia } from "../inbound/sweep-owed-media";
import { probeStopped } from "../integrations/probe-stopped";
import { syncTemplates } from "../integrations/sync-templates";
import { releaseDeliveries } from "../notifications/release-deliveries";
import { askForReceipts } from "../outbound/ask-for-receipts";
import { reconcileUnconfirmed } from "../outbound/reconcile-unconfirmed";
import { sweepOutbound } from "../outbound/sweep-outbound";
import { sendDueReminders } from "../reminders/send-due-reminders";
import { deliverWebhooks } from "../webhooks/deliver-webhooks";
import { keepHouse } from "./keep-house";
import type { JobDefinition } from "./run-job";

/** Finds outbound work whose doorbell was lost, and attempts whose lease ran out. */
const sweepOutboundJob: JobDefinition = {
  name: "dispatch",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) => {
    if (isDryRun) return countOwedMessages(deps.db, deps.clock.now());
    return toResult(await sweepOutbound(deps));
  },
};

/** Asks the providers about sends that may or may not have left, and about receipts that fail to come. */
const reconcileJob: JobDefinition = {
  name: "reconcile",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) => {
    if (isDryRun) return countUnconfirmed(deps.db);
    return { ...(await reconcileUnconfirmed(deps)), ...(await askForReceipts(deps)) };
  },
};

/** Asks whether accounts that a configuration fault has stopped work again. */
const probeStoppedJob: JobDefinition = {
  name: "probe-stopped",
  periodSeconds: 300,
  run: async (deps, { isDryRun }) => (isDryRun ? countStopped(deps.sql) : probeStopped(deps)),
};

/** Fetches the texts that came in at the providers and did not reach us. */
const recoverMissedJob: JobDefinition = {
  name: "recover-missed",
  // Oftener than hourly, so that a start finds it due unless it ran a moment ago.
  periodSeconds: 300,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countRecoverable(deps.db) : toResult(await recoverMissed(deps)),
};

/** Yesterday's figure: how many texts the providers list, and how many of them are here. */
const compareTrafficJob: JobDefinition = {
  name: "compare-traffic",
  periodSeconds: 3600,
  run: async (deps, { isDryRun }) => (isDryRun ? countRecoverable(deps.db) : compareTraffic(deps)),
};

/** Copies what WhatsApp has approved. */
const syncTemplatesJob: JobDefinition = {
  name: "sync-templates",
  periodSeconds: 86_400,
  run: async (deps, { isDryRun }) =>
    isDryRun ? { accounts: (await findTemplateAccounts(deps.sql)).length } : syncTemplates(deps),
};

/** Fetches received files whose doorbell was lost. */
const sweepMediaJob: JobDefinition = {
  name: "media",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) => {
    if (isDryRun) return countOwedMedia(deps.db, deps.clock.now());
    return toResult(await sweepOwedMedia(deps));
  },
};

/** Brings back the conversations that were put aside until now. */
const unsnoozeJob: JobDefinition = {
  name: "unsnooze",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countDueSnoozes(deps.db, deps.clock.now()) : wakeSnoozed(deps),
};

/** Asks again about notifications that quiet hours, caps and gathering kept until now. */
const digestsJob: JobDefinition = {
  name: "digests",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countKeptDue(deps.db, deps.clock.now()) : releaseDeliveries(deps),
};

/** Sends the reminders whose hour has come. */
const remindersJob: JobDefinition = {
  name: "reminders",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countRemindersDue(deps.db, deps.clock.now()) : sendDueReminders(deps),
};

/** Adds up what was spent, and compares it with the budgets. */
const rollUpsJob: JobDefinition = {
  name: "roll-ups",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countSpendingDeltas(deps.sql) : rollUpSpending(deps),
};

/** Fills in what the providers billed, from their lists of a day. */
const pricesJob: JobDefinition = {
  name: "prices",
  // A day is asked for once a day; oftener, so that a provider that was silent is asked again.
  periodSeconds: 3600,
  run: async (deps, { isDryRun, signal }) =>
    isDryRun ? countDuePriceDays(deps.sql, deps.clock.now()) : fetchPrices(deps, { signal }),
};

/** Posts what endpoints are owed: retries, and events whose doorbell was lost. */
const webhooksJob: JobDefinition = {
  name: "webhooks",
  periodSeconds: 0,
  run: async (deps, { isDryRun }) =>
    isDryRun ? countOwedWebhooks(deps.db, deps.clock.now()) : deliverWebhooks(deps),
};

const housekeepingJob: JobDefinition = {
  name: "housekeeping",
  periodSeconds: 3600,
  run: (deps, { isDryRun }) => keepHouse(deps, { isDryRun }),
};

/** Everything that runs by the clock. */
export const JOBS: readonly JobDefinition[] = [
  sweepOutboundJob,
  reconcileJob,
  probeStoppedJob,
  recoverMissedJob,
  compareTrafficJob,
  syncTemplatesJob,
  sweepMediaJob,
  unsnoozeJob,
  digestsJob,
  remindersJob,
  rollUpsJob,
  pricesJob,
  webhooksJob,
  housekeepingJob,
];

/** null: there is no job of that name. */
export function findJob(name: string): JobDefinition | null {
  return JOBS.find((job) => job.name === name) ?? null;
}

/** What a sweep answers goes into the run's row. */
function toResult(answer: unknown): Record<string, unknown> {
  return typeof answer === "object" && answer !== null ? { ...answer } : {};
}
