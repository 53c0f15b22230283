import { domainOf } from "../domain/integration-input";
import { type SmtpServer, smtpOrigin, smtpSid } from "../domain/smtp-server";
import { isRegion, regionOf, snsOrigin } from "../domain/sns";
import type { Provider } from "../domain/words";

type Named = {
  provider: Provider;
  /** What the provider calls the account; SMTP: the name one signs in with. */
  accountId: string | null;
  region?: string | null;
  smtp?: SmtpServer | null;
};

/**
 * What a provider account is told apart by, over all workspaces. Resend names none: there it is the
 * domain that is verified with it; of a mail server it is the user and the host.
 */
export function accountSidOf({ provider, accountId, smtp }: Named, sender: string): string | null {
  switch (provider) {
    case "resend":
      return domainOf(sender);
    case "smtp":
      return smtp ? smtpSid(accountId ?? "", smtp.host) : null;
    case "console":
      return null;
    case "twilio":
    case "aws_sns":
      return accountId;
    default:
      return provider satisfies never;
  }
}

/**
 * Where it answers; null: at the vendor's own origin. AWS answers in each region at another one, a mail
 * server at its own.
 *
 * @param known the account's so far; a stand-in's (the simulator) is no region's and stays
 */
export function accountOriginOf(
  { provider, region, smtp }: Named,
  known: string | null,
): string | null {
  if (provider === "smtp" && smtp) return smtpOrigin(smtp);
  if (provider === "aws_sns" && region && isRegion(region)) {
    const isStandIn = known !== null && regionOf(known) === null;
    return isStandIn ? known : snsOrigin(region);
  }
  return known;
}
