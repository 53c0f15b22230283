import { parse } from "node:querystring";
import { createMessage } from "./create-message";
import { type RestError, restError } from "./errors";
import { BodyTooLarge, type Exchange, readBody, sendError, sendText } from "./http";
import { messageJson } from "./message-json";
import { later, type Network, setAnswer } from "./network";
import type { Switches } from "./switches";
import type { SimAccount, SimMessage } from "./words";

const MAX_FORM = 1_048_576;

/** POST Messages, with everything that the switches make go wrong around it. */
export async function answerCreate(network: Network, account: SimAccount, exchange: Exchange) {
  const { response } = exchange;
  const text = await readForm(exchange);
  if (text === null) return sendError(response, restError(21617));
  const form = parse(text);
  const to = String(form.To ?? "");
  const switches = network.state.switchesFor(to);
  const refusal = refuseBefore(network, switches);
  const created = refusal ? null : createMessage(network, account, form);
  if (!created?.ok) {
    const error = refusal ?? created?.error ?? restError(20500);
    noteRefusal(network, to, String(form.Body ?? ""), error);
    return after(network, switches.slowMs, () => sendError(response, error));
  }
  answerTaken(network, switches, exchange, created.message);
}

async function readForm({ request, response }: Exchange): Promise<string | null> {
  try {
    // Percent-encoded, so one byte a character: cheaper than UTF-8.
    return (await readBody(request, MAX_FORM)).toString("latin1");
  } catch (error) {
    if (error instanceof BodyTooLarge) response.setHeader("connection", "close");
    else throw error;
    return null;
  }
}

function refuseBefore(network: Network, switches: Switches): RestError | null {
  if (network.dice.happens(switches.throttlePercent)) return restError(20429);
  if (network.dice.happens(switches.errorPercent)) return restError(20500);
  return null;
}

function noteRefusal(network: Network, to: string, body: string, error: RestError) {
  const { status: httpStatus, code } = error;
  network.ledger.append({ k: "refused", at: Date.now(), to, body, httpStatus, code });
}

function answerTaken(
  network: Network,
  switches: Switches,
  { response }: Exchange,
  message: SimMessage,
) {
  const { dice } = network;
  if (dice.happens(switches.acceptedHangPercent)) return setAnswer(network, message, "hang");
  // As it was taken: receipts may be ahead of a slow answer, the answer does not know them.
  const json = messageJson(message, network.state.switches.pricedAfterMs);
  if (dice.happens(switches.acceptedResetPercent)) {
    setAnswer(network, message, "reset");
    return after(network, switches.slowMs, () => response.socket?.resetAndDestroy());
  }
  if (dice.happens(switches.acceptedErrorPercent)) {
    setAnswer(network, message, "500");
    return after(network, switches.slowMs, () => sendError(response, restError(20500)));
  }
  if (dice.happens(switches.acceptedGarbagePercent)) {
    setAnswer(network, message, "garbage");
    return after(network, switches.slowMs, () => sendText(response, 201, json.slice(0, 40)));
  }
  after(network, switches.slowMs, () => sendText(response, 201, json));
}

function after(network: Network, ms: number, work: () => void) {
  if (ms === 0) work();
  else later(network, ms, work);
}
