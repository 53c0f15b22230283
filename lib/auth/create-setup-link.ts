import { hasUsers } from "../../db/queries/system/users";
import { replaceOneTimeToken } from "../../db/writes/one-time-tokens";
import type { Deps } from "../ports/deps";
import { mintSecret } from "./secrets";

const LIFETIME_MS = 24 * 3_600_000;

/**
 * The link by which the first owner sets the product up: works once, for a day; a newer one replaces it.
 *
 * @param appUrl Public origin without a trailing slash.
 * @returns null when somebody can sign in already.
 */
export async function createSetupLink(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  appUrl: string,
): Promise<string | null> {
  if (await hasUsers(deps.db)) return null;
  const now = deps.clock.now();
  const { secret, hash } = mintSecret(deps.chance);
  await deps.db.transaction((tx) =>
    replaceOneTimeToken(tx, {
      id: deps.chance.uuid(),
      kind: "setup",
      userId: null,
      tokenHash: hash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    }),
  );
  return `${appUrl}/setup?token=${secret}`;
}
