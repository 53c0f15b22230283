import {
  findReceivedIds,
  findRecoverableAccount,
  findRecoverableAccounts,
  type RecoverableAccount,
} from "../../db/queries/system/recovery";
import { fileOldConversation, noteRecovered } from "../../db/writes/recovery";
import { parseInbound } from "../domain/parse-inbound";
import type { Administrator } from "../domain/viewer";
import { importSent } from "../outbound/import-sent";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";
import type { ProviderAccount, ReceivedMessage } from "../ports/sms";
import { findSender } from "./find-sender";
import { ingestMessage } from "./ingest-message";
import { type TrafficWindow, trafficWindows } from "./traffic-windows";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "jobs" | "sms" | "settings"
>;

export type RecoveryReport = {
  /** Accounts whose provider answered. */
  asked: number;
  /** Texts that had not reached us. */
  recovered: number;
  /** Texts that left at the provider without us. */
  imported: number;
  /** Of numbers that are not here. */
  foreign: number;
  /** Accounts or texts that could not be read; the next run tries them again. */
  failed: number;
};

/** Seconds. The provider may still be trying to tell us by itself. */
const GRACE = 120;
/** Seconds. Clocks differ, and lists are not always complete at once. */
const OVERLAP = 600;
/** Seconds. A conversation that only has older texts is history. */
const OLD = 72 * 3600;

const NOTHING: RecoveryReport = { asked: 0, recovered: 0, imported: 0, foreign: 0, failed: 0 };

/**
 * Fetches the texts that came in at the providers and did not reach us (Missed messages): while we
 * were down, or while a webhook led nowhere; and those that left there without us. In their order, once,
 * with the time they came in or left.
 *
 * @throws when the database does not answer; what was fetched before is kept
 */
export async function recoverMissed(deps: Needs): Promise<RecoveryReport> {
  const report = { ...NOTHING };
  for (const account of await findRecoverableAccounts(deps.sql)) {
    await recoverAccount(deps, account, report);
  }
  if (report.recovered > 0) deps.log.warn(report, "[SMS] Missed texts were fetched");
  return report;
}

/** As `recoverMissed`, of the account behind one sender, when an administrator asks; null: no such one. */
export async function recoverNow(
  deps: Needs,
  by: Administrator,
  { integrationId }: { integrationId: string },
): Promise<RecoveryReport | null> {
  const { workspaceId } = by;
  const account = await findRecoverableAccount(deps.sql, { workspaceId, integrationId });
  if (!account) return null;
  const report = { ...NOTHING };
  await recoverAccount(deps, account, report);
  return report;
}

async function recoverAccount(deps: Needs, account: RecoverableAccount, report: RecoveryReport) {
  const credentials = openCredentials(deps, account);
  if (!credentials) {
    report.failed += 1;
    return;
  }
  const span = { from: secondsBefore(account.knownUntil, OVERLAP), until: deps.clock.now() };
  let parts = 0;
  for await (const part of trafficWindows(deps.sms(account.provider), credentials, span)) {
    if (!part.ok) {
      report.failed += 1;
      deps.log.warn(
        { accountId: account.id, reason: part.reason },
        "[SMS] It could not be asked what came in and left",
      );
      return;
    }
    if (parts === 0) report.asked += 1;
    parts += 1;
    if (!(await recoverPart(deps, { account, credentials, part, report }))) return;
  }
}

type Part = {
  account: RecoverableAccount;
  credentials: ProviderAccount;
  part: Extract<TrafficWindow, { ok: true }>;
  report: RecoveryReport;
};

/** false: something of it has to be asked for once more, so nothing after it is. */
async function recoverPart(deps: Needs, { part, ...known }: Part): Promise<boolean> {
  const { account, report } = known;
  const ripe = secondsBefore(deps.clock.now(), GRACE / deps.settings.timeScale);
  const due = part.received.filter((message) => message.receivedAt <= ripe);
  const providerIds = due.map((message) => message.providerId);
  const here = await findReceivedIds(deps.sql, { sid: account.sid, providerIds });
  const missing = due.filter((message) => !here.has(message.providerId));
  const failedBefore = report.failed;
  for (const message of missing) await recover(deps, { ...known, message });
  const imported = await importSent(deps, account, part.sent);
  report.imported += imported.count;
  if (report.failed > failedBefore || imported.isPostponed) return false;
  const until = new Date(Math.min(part.until.getTime(), ripe.getTime()));
  await noteRecovered(deps.sql, { accountId: account.id, until });
  return true;
}

function secondsBefore(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() - seconds * 1000);
}

type Missing = {
  account: RecoverableAccount;
  credentials: ProviderAccount;
  message: ReceivedMessage;
  report: RecoveryReport;
};

async function recover(deps: Needs, { account, credentials, message, report }: Missing) {
  const files = await filesOf(deps, { account, credentials, message });
  const parsed = files && parseInbound(asWebhook(account.sid, message, files));
  if (!parsed?.ok) {
    report.failed += 1;
    const { providerId } = message;
    deps.log.error({ providerId }, "[SMS] A missed text could not be read");
    return;
  }
  const { messagingServiceSid, channel, to } = parsed.message;
  const target = { accountSid: account.sid, messagingServiceSid, channel, sender: to };
  const sender = await findSender(deps, target);
  if (!sender) {
    report.foreign += 1;
    return;
  }
  const stored = await ingestMessage(deps, {
    sender,
    message: parsed.message,
    recoveredFrom: message.receivedAt,
  });
  if (stored.kind === "duplicate") return;
  report.recovered += 1;
  if (message.receivedAt < secondsBefore(deps.clock.now(), OLD)) {
    await fileOldConversation(deps.sql, stored);
  }
}

type File = { url: string; contentType: string };

/** null: the provider does not say which. */
async function filesOf(
  deps: Needs,
  { account, credentials, message }: Omit<Missing, "report">,
): Promise<readonly File[] | null> {
  if (message.mediaCount === 0) return [];
  const list = await deps.sms(account.provider).listFiles(credentials, message.providerId);
  return list.ok ? list.files : null;
}

/** In the webhook's words, so that both ways in are read by the same rules. */
function asWebhook(accountSid: string, message: ReceivedMessage, files: readonly File[]) {
  return new Map([
    ["MessageSid", message.providerId],
    ["AccountSid", accountSid],
    ["From", message.from],
    ["To", message.to],
    ["Body", message.body],
    ["NumMedia", String(files.length)],
    ...(message.messagingServiceSid
      ? [["MessagingServiceSid", message.messagingServiceSid] as const]
      : []),
    ...files.flatMap(({ url, contentType }, n) => [
      [`MediaUrl${n}`, url] as const,
      [`MediaContentType${n}`, contentType] as const,
    ]),
  ]);
}
