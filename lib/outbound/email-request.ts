import type { ClaimedMessage } from "../../db/writes/outbox";
import { withFooter } from "../domain/email-footer";
import { preferenceUrl } from "../domain/preference-link";
import type { Deps } from "../ports/deps";
import type { EmailRequest } from "../ports/email";
import { preferenceToken } from "./preference-token";
import { openSealedText } from "./sealed-text";
import { unsubscribeLinks } from "./unsubscribe-link";

/** An e-mail as the claim took it, and the name that its sender has. */
export type ClaimedEmail = ClaimedMessage & { email: NonNullable<ClaimedMessage["email"]> };

/**
 * A claimed e-mail as it leaves. Made of what is stored alone, so that each try of which nobody knows
 * whether it left says the very same: under one idempotency key nothing else may be said.
 *
 * @returns null: a sealed text cannot be opened.
 */
export function buildEmailRequest(
  deps: Pick<Deps, "cipher" | "log" | "settings">,
  message: ClaimedEmail,
  fromName: string | null,
): EmailRequest | null {
  const { id, fromAddress, toAddress, body, email } = message;
  const { subject, html, sealed, locale, firstTry } = email;
  const content = sealed === null ? { text: body, html } : openSealedText(deps, sealed);
  if (!content) return null;
  // A sealed text is about the recipient's own account: there is no unsubscribing from it.
  const links = sealed === null ? linksBelow(deps, message) : null;
  return {
    from: fromAddress,
    fromName,
    to: toAddress,
    subject: subject ?? "",
    ...withFooter(content, { locale, ...NO_LINKS, ...links?.below }),
    headers: links ? unsubscribeHeaders(links.oneClick) : {},
    messageId: id,
    idempotencyKey: `message/${id}/${firstTry}`,
  };
}

const NO_LINKS = { unsubscribeUrl: null, preferencesUrl: null };

/** Below a notification its person's preferences; below what somebody wrote the way out of that sender. */
function linksBelow(deps: Pick<Deps, "settings">, { id, personId, email }: ClaimedEmail) {
  if (email.linkVersion === null) {
    const { page, oneClick } = unsubscribeLinks(deps, id);
    return { below: { unsubscribeUrl: page }, oneClick };
  }
  const { appUrl } = deps.settings;
  const token = preferenceToken(deps, { personId, version: email.linkVersion });
  const below = { preferencesUrl: preferenceUrl(appUrl, token) };
  return { below, oneClick: `${appUrl}/api/p/${token}` };
}

/** RFC 2369 and RFC 8058: the mail program's own button. */
function unsubscribeHeaders(url: string): Record<string, string> {
  return { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
