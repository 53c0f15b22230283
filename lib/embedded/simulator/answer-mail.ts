import { createHash, randomUUID } from "node:crypto";
import { checkMail } from "./check-mail";
import { BodyTooLarge, type Exchange, readBody, sendText } from "./http";
import {
  INTERNAL,
  type MailError,
  mailError,
  OTHER_PAYLOAD,
  STILL_UNDER_WAY,
  sendMailError,
  TOO_MANY,
  WRONG_IDEMPOTENCY_KEY,
} from "./mail-errors";
import { letMailLive, setMailAnswer, takeMail } from "./mail-fate";
import type { SimMail, SimMailAccount, SimMailAnswer } from "./mail-words";
import { keyOf } from "./mailbox";
import { later, type Network } from "./network";
import type { Switches } from "./switches";

const MAX_JSON = 4 * 1_048_576;

type Taken = { ok: true; mail: SimMail } | { ok: false; error: MailError };

/** POST /emails, with everything that the switches make go wrong around it. */
export async function answerMailCreate(
  network: Network,
  account: SimMailAccount,
  exchange: Exchange,
) {
  const json = await readPayload(exchange);
  const to = recipientIn(json);
  const switches = network.state.switchesFor(to);
  const refusal = refuseBefore(network, switches);
  const taken: Taken = refusal
    ? { ok: false, error: refusal }
    : take(network, account, exchange, json);
  if (taken.ok) return answerTaken(network, switches, exchange, taken.mail);
  const { error } = taken;
  const { statusCode: httpStatus, name } = error;
  const subject = String((json as { subject?: unknown } | undefined)?.subject ?? "");
  network.ledger.append({ k: "mail_refused", at: Date.now(), to, subject, httpStatus, name });
  after(network, switches.slowMs, () => sendMailError(exchange.response, error));
}

/** undefined: no JSON. */
async function readPayload({ request, response }: Exchange): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request, MAX_JSON)).toString("utf8"));
  } catch (error) {
    if (error instanceof BodyTooLarge) response.setHeader("connection", "close");
    else if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Whose switches count, before anything has been checked. */
function recipientIn(json: unknown): string {
  const to = (json as { to?: unknown } | null | undefined)?.to;
  const first: unknown = Array.isArray(to) ? to[0] : to;
  const text = typeof first === "string" ? first : "";
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}

function refuseBefore({ dice }: Network, switches: Switches): MailError | null {
  if (dice.happens(switches.throttlePercent)) return TOO_MANY;
  return dice.happens(switches.errorPercent) ? INTERNAL : null;
}

const NO_JSON = mailError(400, "validation_error", "The request body is not valid JSON.");

function take(
  network: Network,
  account: SimMailAccount,
  { request }: Exchange,
  json: unknown,
): Taken {
  if (json === undefined) return { ok: false, error: NO_JSON };
  const given = request.headers["idempotency-key"];
  const idempotencyKey = given === undefined ? null : String(given);
  if (idempotencyKey !== null && !/^.{1,256}$/s.test(idempotencyKey)) {
    return { ok: false, error: WRONG_IDEMPOTENCY_KEY };
  }
  const checked = checkMail(account, json);
  if (!checked.ok) return checked;
  const fingerprint = createHash("sha256").update(JSON.stringify(checked.mail)).digest("hex");
  const now = Date.now();
  const earlier =
    idempotencyKey === null
      ? null
      : network.state.mailbox.findByKey(account.id, idempotencyKey, now);
  if (earlier) return replay(network, earlier, fingerprint, now);
  const mail: SimMail = {
    id: randomUUID(),
    accountId: account.id,
    at: now,
    ...checked.mail,
    lastEvent: "queued",
    idempotencyKey,
    fingerprint,
    answer: "200",
    unsubscribed: null,
    receipts: [],
  };
  takeMail(network, mail);
  letMailLive(network, mail);
  return { ok: true, mail };
}

/** The same key again: the first mail's id for the same payload, and never a second mail. */
function replay(network: Network, mail: SimMail, fingerprint: string, at: number): Taken {
  if (mail.fingerprint !== fingerprint) return { ok: false, error: OTHER_PAYLOAD };
  if (network.state.mailbox.keysUnderWay.has(keyOf(mail.accountId, mail))) {
    return { ok: false, error: STILL_UNDER_WAY };
  }
  const idempotencyKey = mail.idempotencyKey ?? "";
  network.ledger.append({ k: "mail_replayed", at, id: mail.id, idempotencyKey });
  return { ok: true, mail };
}

function answerTaken(network: Network, switches: Switches, { response }: Exchange, mail: SimMail) {
  const text = JSON.stringify({ id: mail.id });
  const answer = rollAnswer(network, switches);
  if (answer !== mail.answer) setMailAnswer(network, mail, answer);
  // What is never answered is over for the service: its key may come again.
  if (answer === "hang") return;
  afterWithKey(network, switches.slowMs, mail, () => {
    if (answer === "reset") return response.socket?.resetAndDestroy();
    if (answer === "500") return sendMailError(response, INTERNAL);
    sendText(response, 200, answer === "garbage" ? text.slice(0, 20) : text);
  });
}

function rollAnswer({ dice }: Network, switches: Switches): SimMailAnswer {
  if (dice.happens(switches.acceptedHangPercent)) return "hang";
  if (dice.happens(switches.acceptedResetPercent)) return "reset";
  if (dice.happens(switches.acceptedErrorPercent)) return "500";
  return dice.happens(switches.acceptedGarbagePercent) ? "garbage" : "200";
}

/** Until a slow answer has been given, the mail's key is under way. */
function afterWithKey(network: Network, ms: number, mail: SimMail, work: () => void) {
  if (ms === 0) return work();
  const { keysUnderWay } = network.state.mailbox;
  const key = keyOf(mail.accountId, mail);
  keysUnderWay.add(key);
  later(network, ms, () => {
    keysUnderWay.delete(key);
    work();
  });
}

function after(network: Network, ms: number, work: () => void) {
  if (ms === 0) work();
  else later(network, ms, work);
}
