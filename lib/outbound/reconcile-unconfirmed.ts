import {
  findDueLooks,
  findKnownIds,
  findSought,
  type LookGroup,
  type SoughtMessage,
} from "../../db/queries/system/unconfirmed";
import type { ChangedMessage } from "../../db/writes/outbox";
import {
  askAboutDoubtful,
  giveUpUnknown,
  postponeGroup,
  postponeLooks,
  requeueLost,
  sendUnknownAgain,
  tryKeyAgain,
} from "../../db/writes/unconfirmed";
import {
  type Finding,
  findUnconfirmed,
  LIST_SINCE_MS,
  type LookStep,
  lookTimes,
  nextLookStep,
} from "../domain/reconcile";
import {
  canBeAsked,
  sameKeyDelay,
  type UnknownPolicy,
  unknownPolicy,
} from "../domain/unknown-policy";
import type { Deps } from "../ports/deps";
import type { ListedMessage } from "../ports/sms";
import { announceMessages } from "./announce-messages";
import { applyStatus } from "./apply-status";
import { openCredentials } from "./open-credentials";
import { ringDoorbells } from "./ring-doorbells";
import { openSealedText } from "./sealed-text";

type Needs = Pick<
  Deps,
  "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "jobs" | "sms" | "settings"
>;

export type ReconcileReport = {
  /** Found at the provider: they are as it says. */
  adopted: number;
  /** Not there after two looks, or harmless to send again, or critical: they leave again. */
  requeued: number;
  /** They may have arrived and nobody can be asked: they are not sent again by themselves. */
  givenUp: number;
  /** A person is asked. */
  doubtful: number;
  /** Looks that found nothing yet, could not be made, or could not be judged. */
  postponed: number;
};

/** Numbers that one run asks about; the next run, 10 s later, goes on. */
const GROUPS = 200;
/** Questions to providers at a time: what is being sent has the connections first. */
const AT_ONCE = 5;

/**
 * Settles what may or may not have left (Sending 6) by the provider's own list: 30 s after the attempt
 * and again a minute later. What is there is adopted, what is not there twice leaves again, and where
 * it cannot be told a person is asked. A receipt that comes first settles it as well.
 *
 * @throws when the database does not answer; what was found out before is recorded
 */
export async function reconcileUnconfirmed(deps: Needs): Promise<ReconcileReport> {
  const now = deps.clock.now();
  const times = lookTimes(deps.settings.timeScale);
  const firstBefore = new Date(now.getTime() - times.first * 1000);
  const groups = await findDueLooks(deps.sql, { now, firstBefore, limit: GROUPS });
  const report = { adopted: 0, requeued: 0, givenUp: 0, doubtful: 0, postponed: 0 };
  const waiting = [...groups];
  const work = async () => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      await reconcileGroup(deps, group, report);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (groups.length > 0) deps.log.info(report, "[SMS] Unconfirmed sends looked for");
  return report;
}

async function reconcileGroup(deps: Needs, group: LookGroup, report: ReconcileReport) {
  if (!canBeAsked(group.provider)) return settleUnasked(deps, group, report);
  const listed = await ask(deps, group);
  const postponed = later(deps, lookTimes(deps.settings.timeScale).postponed);
  if (!listed) {
    report.postponed += 1;
    return postponeGroup(deps.sql, group, postponed);
  }
  // Read after the list: what was on its way while it was made is recorded by now, or still `sending`.
  const { messages, isSending } = await findSought(deps.sql, group);
  if (isSending) {
    report.postponed += 1;
    return postponeLooks(deps.sql, messages, { lookAt: postponed, isJudged: false });
  }
  const providerIds = listed.map((one) => one.providerId);
  const known = await findKnownIds(deps.sql, { sid: group.sid, providerIds });
  const unknown = listed.filter((one) => !known.has(one.providerId));
  const sent = messages.map((one) => ({ ...one, body: sentBody(deps, one) }));
  const findings = findUnconfirmed(sent, unknown);
  await settle(deps, { messages, listed, findings, report });
}

function sentBody(deps: Needs, { body, sealed }: SoughtMessage): string {
  return sealed === null ? body : (openSealedText(deps, sealed)?.text ?? body);
}

/** Of a provider that keeps no list the policy decides (Sending 6). */
async function settleUnasked(deps: Needs, group: LookGroup, report: ReconcileReport) {
  const { messages } = await findSought(deps.sql, group);
  const now = deps.clock.now();
  const policyOf = (message: SoughtMessage): UnknownPolicy =>
    unknownPolicy(group.provider, {
      ...message,
      unknownForMs: now.getTime() - message.unknownSince.getTime(),
    });
  const by = (policy: UnknownPolicy) => messages.filter((one) => policyOf(one) === policy);
  const again = await sendUnknownAgain(deps.sql, by("send_again"), now);
  for (const message of by("same_key")) {
    const sendAfter = later(deps, sameKeyDelay(message.unknownTries) / deps.settings.timeScale);
    again.push(...(await tryKeyAgain(deps.sql, message, { now, sendAfter })));
  }
  const givenUp = await giveUpUnknown(deps.sql, by("give_up"), now);
  report.requeued += again.length;
  report.givenUp += givenUp.length;
  await tell(deps, [...again, ...givenUp]);
}

/** null: no answer, which says nothing. */
async function ask(deps: Needs, group: LookGroup): Promise<readonly ListedMessage[] | null> {
  const account = openCredentials(deps, { ...group, id: group.accountId });
  if (!account) return null;
  const { channel, from, to } = group;
  const since = new Date(group.since.getTime() - LIST_SINCE_MS);
  const list = await deps.sms(group.provider).listSent(account, { channel, from, to, since });
  if (list.ok) return list.messages;
  const { accountId } = group;
  deps.log.warn({ accountId, reason: list.reason }, "[SMS] The provider's list was not answered");
  return null;
}

function later({ clock }: Needs, seconds: number): Date {
  return new Date(clock.now().getTime() + seconds * 1000);
}

type Settling = {
  messages: readonly SoughtMessage[];
  listed: readonly ListedMessage[];
  findings: readonly Finding[];
  report: ReconcileReport;
};

async function settle(deps: Needs, { messages, listed, findings, report }: Settling) {
  const steps: Record<Exclude<LookStep, "adopt">, SoughtMessage[]> = {
    look_again: [],
    requeue: [],
    ask: [],
  };
  for (const finding of findings) {
    const message = messages.find((one) => one.messageId === finding.messageId);
    if (!message) continue;
    const step = nextLookStep(finding.kind, message.looks);
    if (step !== "adopt") steps[step].push(message);
    else if (finding.kind === "found" && (await adopt(deps, { message, finding, listed }))) {
      report.adopted += 1;
    }
  }
  const { again } = lookTimes(deps.settings.timeScale);
  const lookAt = later(deps, again);
  await postponeLooks(deps.sql, steps.look_again, { lookAt, isJudged: true });
  const now = deps.clock.now();
  const requeued = await requeueLost(deps.sql, steps.requeue, now);
  const doubtful = await askAboutDoubtful(deps.sql, steps.ask, now);
  report.postponed += steps.look_again.length;
  report.requeued += requeued.length;
  report.doubtful += doubtful.length;
  await tell(deps, [...requeued, ...doubtful]);
}

type Adoption = {
  message: SoughtMessage;
  finding: Extract<Finding, { kind: "found" }>;
  listed: readonly ListedMessage[];
};

/** As if the provider had called. False: it has been settled meanwhile. */
async function adopt(deps: Needs, { message, finding, listed }: Adoption): Promise<boolean> {
  const entry = listed.find((one) => one.providerId === finding.providerId);
  if (!entry) return false;
  const { status, errorCode, errorMessage } = entry.report;
  const applied = await applyStatus(deps, {
    messageId: message.messageId,
    attempt: message.attempt,
    providerId: finding.providerId,
    status: status ?? "accepted",
    errorCode,
    errorMessage,
    carrierAt: null,
    data: { providerId: finding.providerId },
    via: "look",
  });
  return applied.kind === "applied";
}

async function tell(deps: Needs, changed: readonly ChangedMessage[]) {
  if (changed.length === 0) return;
  announceMessages(deps, changed);
  const due = deps.clock.now();
  const senders = new Set(changed.map((one) => one.integrationId));
  await ringDoorbells(
    deps,
    [...senders].map((integrationId) => ({ integrationId, due })),
  );
}
