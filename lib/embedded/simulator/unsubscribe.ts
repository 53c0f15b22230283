import { headerOf, type SimMail } from "./mail-words";
import type { Network } from "./network";
import { ONCE } from "./webhook";

export type UnsubscribeOutcome =
  | { ok: true; url: string; httpStatus: number | null }
  | { ok: false; reason: string };

/**
 * What a mail client does when its own Unsubscribe button is pressed (RFC 8058): one POST to the link
 * of List-Unsubscribe, which the mail must offer for that by List-Unsubscribe-Post.
 *
 * @returns the answer's status, null when there was no answer; or why the client shows no button.
 */
export async function unsubscribeByOneClick(
  network: Network,
  mail: SimMail,
): Promise<UnsubscribeOutcome> {
  const url = oneClickLink(mail);
  if (url === null) return { ok: false, reason: "the mail offers no one-click unsubscription" };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const call = { url, body: "List-Unsubscribe=One-Click", headers };
  const { httpStatus } = await network.poster.send(call, ONCE);
  const at = Date.now();
  mail.unsubscribed = { at, httpStatus };
  network.ledger.append({ k: "mail_unsubscribed", at, id: mail.id, httpStatus });
  network.events.tell("mail", mail);
  return { ok: true, url, httpStatus };
}

/** The https or http link of List-Unsubscribe where one click is offered; null: none. */
export function oneClickLink(mail: SimMail): string | null {
  const offered = headerOf(mail, "list-unsubscribe-post")?.replaceAll(/\s/g, "");
  if (offered?.toLowerCase() !== "list-unsubscribe=one-click") return null;
  const links = headerOf(mail, "list-unsubscribe")?.matchAll(/<([^<>]*)>/g) ?? [];
  for (const [, link = ""] of links) if (/^https?:\/\//i.test(link.trim())) return link.trim();
  return null;
}
