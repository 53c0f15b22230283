import { findStoppedAccounts } from "../../db/queries/system/stopped";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";
import { checkCredentials } from "./check-credentials";
import { resumeSending } from "./resume-sending";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "cipher" | "log" | "sms" | "email">;

/**
 * Asks the providers whether stopped accounts work again: a suspension ends and a bill is paid without
 * anybody telling us. A stopped sender is left to an administrator: whether a number is registered or
 * may write to a country, only a message can show.
 *
 * @throws when the database does not answer
 */
export async function probeStopped(deps: Needs): Promise<{ asked: number; resumed: number }> {
  const report = { asked: 0, resumed: 0 };
  for (const account of await findStoppedAccounts(deps.sql)) {
    const credentials = openCredentials(deps, account);
    if (!credentials) continue;
    report.asked += 1;
    const check = await checkCredentials(deps, { ...credentials, channel: account.channel }, null);
    if (!check.ok) continue;
    const { workspaceId, id: accountId } = account;
    const at = deps.clock.now();
    await deps.db.transaction((tx) =>
      resumeSending(tx, { workspaceId, accountId, integrationId: null, at }),
    );
    deps.log.info({ accountId }, "[SMS] A stopped account works again");
    report.resumed += 1;
  }
  return report;
}
