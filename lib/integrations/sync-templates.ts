import { findAccountOfIntegration } from "../../db/queries/integrations";
import {
  findTemplateAccounts,
  type TemplateAccount,
} from "../../db/queries/system/whatsapp-templates";
import { replaceTemplates } from "../../db/writes/whatsapp-templates";
import type { Administrator } from "../domain/viewer";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "chance" | "cipher" | "log" | "sms">;

export type SyncReport = { accounts: number; templates: number; failed: number };

/**
 * Copies what WhatsApp has approved for each account, over all workspaces: approvals come and go at the
 * provider, and the composer must not offer what would be refused.
 *
 * @throws when the database does not answer
 */
export async function syncTemplates(deps: Needs): Promise<SyncReport> {
  const report = { accounts: 0, templates: 0, failed: 0 };
  for (const account of await findTemplateAccounts(deps.sql)) {
    const count = await syncAccount(deps, account);
    if (count === null) report.failed += 1;
    else {
      report.accounts += 1;
      report.templates += count;
    }
  }
  return report;
}

export type RefreshOutcome =
  | { kind: "refreshed"; count: number }
  | { kind: "not_found" }
  /** The provider did not answer; what we had is kept. */
  | { kind: "not_answered" };

/** The same for one sender's account, when an administrator asks. */
export async function refreshTemplates(
  deps: Needs,
  by: Administrator,
  { id }: { id: string },
): Promise<RefreshOutcome> {
  const { workspaceId } = by;
  const found = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: id });
  if (found?.integration.type !== "whatsapp") return { kind: "not_found" };
  const count = await syncAccount(deps, { ...found.account, workspaceId });
  return count === null ? { kind: "not_answered" } : { kind: "refreshed", count };
}

/** null: no answer. */
async function syncAccount(deps: Needs, account: TemplateAccount): Promise<number | null> {
  const credentials = openCredentials(deps, account);
  const list = credentials && (await deps.sms(account.provider).listTemplates(credentials));
  if (!list?.ok) {
    const reason = list ? list.reason : "no credentials";
    deps.log.warn({ accountId: account.id, reason }, "[WHATSAPP] The templates were not listed");
    return null;
  }
  const { workspaceId, id: accountId } = account;
  const { templates } = list;
  const { clock, chance } = deps;
  await deps.db.transaction((tx) =>
    replaceTemplates(tx, {
      workspaceId,
      accountId,
      templates,
      newId: chance.uuid,
      now: clock.now(),
    }),
  );
  return templates.length;
}
