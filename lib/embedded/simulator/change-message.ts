import type { ParsedUrlQuery } from "node:querystring";
import { type RestError, restError } from "./errors";
import { type Network, setStatus } from "./network";
import { tellStatus } from "./receipts";
import type { SimMessage } from "./words";

/** POST one message: only an empty Body (redaction) or Status=canceled (scheduled ones). */
export function updateMessage(
  network: Network,
  message: SimMessage,
  form: ParsedUrlQuery,
): RestError | null {
  if (form.Status !== undefined) {
    if (form.Status !== "canceled" || message.status !== "scheduled") return restError(30409);
    setStatus(network, message, "canceled");
    tellStatus(network, message, "canceled");
    return null;
  }
  if (form.Body !== "") return restError(20001, "Body can only be emptied");
  if (isUnderWay(message)) return restError(20009);
  message.body = "";
  network.ledger.append({ k: "redacted", at: Date.now(), sid: message.sid });
  network.events.tell("message", message);
  return null;
}

/** DELETE one message; not while it is in progress. */
export function deleteMessage(network: Network, message: SimMessage): RestError | null {
  if (isUnderWay(message)) return restError(20009);
  network.state.remove(message.sid);
  network.ledger.append({ k: "deleted", at: Date.now(), sid: message.sid });
  network.events.tell("reset", {});
  return null;
}

function isUnderWay(message: SimMessage): boolean {
  return ["accepted", "queued", "sending"].includes(message.status);
}
