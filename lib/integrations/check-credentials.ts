import type { Channel, Provider } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";

export type Credentials = {
  provider: Provider;
  channel: Channel;
  /** The provider's account id; null where there is none. */
  sid: string | null;
  token: string | null;
  apiOrigin: string | null;
};

/** What the provider says of credentials and a sender, live; nothing is sent. */
export async function checkCredentials(
  deps: Pick<Deps, "sms" | "email">,
  credentials: Credentials,
  sender: string | null,
): Promise<ConnectionTest> {
  const { provider, channel, sid, token, apiOrigin } = credentials;
  const account = { id: "check", provider, sid: sid ?? "", token: token ?? "", apiOrigin };
  if (channel === "email") return deps.email(provider).testConnection(account, sender);
  return deps.sms(provider).testConnection(account, sender, channel);
}

/** Refused for good: saving such credentials could only fail later, out of the admin's sight. */
export function isRefusal(test: ConnectionTest): boolean {
  return !test.ok && REFUSALS.some((fault) => fault === test.fault);
}

const REFUSALS = ["credentials", "sender", "server"] as const;
