import { answerMailCreate } from "./answer-mail";
import { type Exchange, sendJson } from "./http";
import { domainsJson } from "./mail-accounts";
import {
  MISSING_KEY,
  NO_SUCH_MAIL,
  NOT_FOUND,
  sendMailError,
  TOO_MANY,
  WRONG_ID,
  WRONG_KEY,
  WRONG_METHOD,
} from "./mail-errors";
import { fromLine, messageIdOf, type SimMail, type SimMailAccount } from "./mail-words";
import type { Network } from "./network";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Resend's own paths lie at the root. */
export function isMailPath(path: string): boolean {
  return /^\/(emails|domains)(\/|$)/.test(path);
}

/** The part of Resend's REST API that Carillon uses: a mail is sent, asked after; domains are listed. */
export async function answerMail(network: Network, exchange: Exchange) {
  const { method, path, request, response } = exchange;
  const key = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const account = network.state.mailbox.accounts.get(key ?? "");
  if (!account) return sendMailError(response, key === undefined ? MISSING_KEY : WRONG_KEY);
  if (path === "/emails") {
    if (method !== "POST") return sendMailError(response, WRONG_METHOD);
    return answerMailCreate(network, account, exchange);
  }
  if (method !== "GET") return sendMailError(response, WRONG_METHOD);
  if (path === "/domains") return sendJson(response, 200, domainsJson(account));
  const id = /^\/emails\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) return sendMailError(response, NOT_FOUND);
  if (!UUID.test(id)) return sendMailError(response, WRONG_ID);
  return answerOne(network, account, exchange, id.toLowerCase());
}

/** More requests at once than the switch lets through. */
export function refuseMailBurst({ response }: Exchange) {
  sendMailError(response, TOO_MANY);
}

function answerOne(network: Network, account: SimMailAccount, { response }: Exchange, id: string) {
  const mail = network.state.mailbox.mails.get(id);
  if (mail?.accountId !== account.id) return sendMailError(response, NO_SUCH_MAIL);
  sendJson(response, 200, mailJson(mail));
}

function mailJson(mail: SimMail) {
  return {
    object: "email",
    id: mail.id,
    message_id: messageIdOf(mail),
    from: fromLine(mail),
    to: mail.to,
    cc: null,
    bcc: null,
    reply_to: mail.replyTo.length > 0 ? mail.replyTo : null,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    tags: Object.entries(mail.tags).map(([name, value]) => ({ name, value })),
    created_at: new Date(mail.at).toISOString(),
    scheduled_at: null,
    topic_id: null,
    last_event: mail.lastEvent,
  };
}
