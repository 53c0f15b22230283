import type { ConnectableProvider } from "../domain/integration-input";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";

export type Credentials = {
  provider: ConnectableProvider;
  /** The provider's account id; null where there is none. */
  sid: string | null;
  token: string | null;
  apiOrigin: string | null;
};

/** What the provider says of credentials and a sender, live; nothing is sent. */
export async function checkCredentials(
  deps: Pick<Deps, "sms">,
  credentials: Credentials,
  sender: string | null,
): Promise<ConnectionTest> {
  const { provider, sid, token, apiOrigin } = credentials;
  const account = { id: "check", provider, sid: sid ?? "", token: token ?? "", apiOrigin };
  return deps.sms(provider).testConnection(account, sender);
}

/** Refused for good: saving such credentials could only fail later, out of the admin's sight. */
export function isRefusal(test: ConnectionTest): boolean {
  return !test.ok && (test.fault === "credentials" || test.fault === "sender");
}
