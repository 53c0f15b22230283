import { listWorkspaces } from "../../db/queries/system/workspaces";
import { createSetupLink } from "../../lib/auth/create-setup-link";
import type { SystemCredentials } from "../../lib/domain/system-credentials";
import { systemAccountsOf } from "../../lib/env";
import { ensureSystemIntegration } from "../../lib/integrations/ensure-system-integration";
import type { Deps } from "../../lib/ports/deps";
import { type LaunchOptions, Refusal } from "./options";

/**
 * What a start does with the database before it opens the door. May be repeated.
 *
 * @returns the link for the first owner; null when somebody can sign in.
 * @throws {Refusal} when the demo's passwords would be reachable from outside.
 */
export async function doFirstThings(deps: Deps, options: LaunchOptions): Promise<string | null> {
  await refusePublicDemoData(deps, options);
  await ensureConfiguredIntegrations(deps, options);
  return createSetupLink(deps, options.appUrl);
}

/**
 * A database that once held the demo still opens to the demo's passwords.
 *
 * @throws {Refusal} when it would be reachable from outside without having been asked for.
 */
async function refusePublicDemoData(deps: Deps, options: LaunchOptions) {
  if (!options.isPublic || options.isDemo) return;
  const workspaces = await listWorkspaces(deps.db);
  if (workspaces.every(({ isDemo }) => !isDemo)) return;
  throw new Refusal(
    "DEMO: the database holds the demo workspace, whose passwords are known to everybody, and HOST or APP_URL is not loopback; take another DATA_DIR or DATABASE_URL, or set DEMO=true with --public-demo",
  );
}

/** R004, R207: the accounts that the environment names. Without a workspace they wait for the set-up. */
async function ensureConfiguredIntegrations(deps: Deps, { env }: LaunchOptions) {
  for (const account of systemAccountsOf(env)) await ensureOne(deps, account);
}

async function ensureOne(deps: Deps, account: SystemCredentials) {
  const outcome = await ensureSystemIntegration(deps, account);
  switch (outcome.kind) {
    case "ensured":
      return deps.log.info({ created: outcome.created }, "[LAUNCHER] system integration is ready");
    case "no_workspace":
      return deps.log.info({}, "[LAUNCHER] the system integration waits for the first workspace");
    case "sender_taken":
      return deps.log.warn(
        {},
        "[LAUNCHER] a sender of the environment belongs to another workspace",
      );
    default:
      return outcome satisfies never;
  }
}
