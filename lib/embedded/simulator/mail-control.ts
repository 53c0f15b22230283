import { z } from "zod";
import { type Exchange, sendJson } from "./http";
import { mailAccountSchema, registerMailAccount, shownMailAccount } from "./mail-accounts";
import { moveMail } from "./mail-fate";
import { PERSON_EVENTS } from "./mail-words";
import type { Network } from "./network";
import { unsubscribeByOneClick } from "./unsubscribe";

type ReadJson = (exchange: Exchange) => Promise<unknown>;

const eventSchema = z.strictObject({ type: z.enum(PERSON_EVENTS) });
const limitSchema = z.coerce.number().int().min(1).max(1000).default(100);

/**
 * The control API's doors of the mail side: `mail-accounts`, `mails`, `mails/{id}`, and what the person
 * does: `mails/{id}/event`, `mails/{id}/unsubscribe`.
 *
 * @param path After /control/.
 * @returns false where it is no door of this side.
 */
export async function answerMailControl(
  network: Network,
  exchange: Exchange,
  path: string,
  readJson: ReadJson,
): Promise<boolean> {
  const { method, response } = exchange;
  const [door, id, deed, ...rest] = path.split("/");
  if (rest.length > 0) return false;
  if (method === "POST" && path === "mail-accounts") {
    const account = registerMailAccount(network, mailAccountSchema.parse(await readJson(exchange)));
    sendJson(response, 200, shownMailAccount(account));
    return true;
  }
  if (door !== "mails") return false;
  if (id === undefined) {
    if (method !== "GET") return false;
    sendJson(response, 200, listMails(network, new URLSearchParams(exchange.query)));
    return true;
  }
  await answerOneMail(network, exchange, { id, deed, readJson });
  return true;
}

function listMails({ state }: Network, query: URLSearchParams) {
  return state.mailbox.list({
    to: query.get("to"),
    from: query.get("from")?.split(",") ?? null,
    limit: limitSchema.parse(query.get("limit") ?? undefined),
  });
}

type Asked = { id: string; deed: string | undefined; readJson: ReadJson };

async function answerOneMail(network: Network, exchange: Exchange, { id, deed, readJson }: Asked) {
  const { method, response } = exchange;
  const mail = network.state.mailbox.mails.get(id);
  if (!mail) return sendJson(response, 404, { error: "no such mail" });
  if (method === "GET" && deed === undefined) return sendJson(response, 200, mail);
  if (method === "POST" && deed === "event") {
    moveMail(network, mail, eventSchema.parse(await readJson(exchange)).type);
    return sendJson(response, 200, mail);
  }
  if (method === "POST" && deed === "unsubscribe") {
    const outcome = await unsubscribeByOneClick(network, mail);
    if (!outcome.ok) return sendJson(response, 422, { error: outcome.reason });
    const { url, httpStatus } = outcome;
    return sendJson(response, 200, { url, httpStatus });
  }
  return sendJson(response, 404, { error: `no ${method} of a mail` });
}
