import type { Provider } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { ProviderAccount } from "../ports/sms";

type SealedAccount = {
  id: string;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
};

/** null: they are missing, or sealed with a key that we no longer have. */
export function openCredentials(
  { cipher, log }: Pick<Deps, "cipher" | "log">,
  account: SealedAccount,
): ProviderAccount | null {
  const { id, provider, apiOrigin } = account;
  if (provider === "console") return { id, provider, sid: "", token: "", apiOrigin };
  if (!account.sid) return null;
  // A mail server of one's own may ask for no password.
  if (!account.tokenSealed && provider !== "smtp") return null;
  try {
    const token = account.tokenSealed ? cipher.open(account.tokenSealed) : "";
    return { id, provider, sid: account.sid, token, apiOrigin };
  } catch (error) {
    log.error({ accountId: id, error: String(error) }, "[SMS] An account's token cannot be opened");
    return null;
  }
}
