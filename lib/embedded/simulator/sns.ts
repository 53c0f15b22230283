import { randomUUID } from "node:crypto";
import { type ParsedUrlQuery, parse } from "node:querystring";
import { createMessage } from "./create-message";
import type { RestError } from "./errors";
import { type Exchange, readBody, sendText } from "./http";
import { later, type Network, setAnswer } from "./network";
import { isSignedBy, readCredential } from "./sns-signature";
import type { Switches } from "./switches";
import type { SimAccount, SimMessage } from "./words";

const MAX_FORM = 1_048_576;
const NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
const XML = { "content-type": "text/xml" };

type Fault = { status: number; code: string; message: string };

/**
 * AWS SNS, version 2010-03-31, in its Query protocol: Publish to a phone number, and the attributes that
 * a connection test reads. An account is one whose SID is an access key id and whose token its secret.
 */
export async function answerSns(network: Network, exchange: Exchange) {
  const { request, response } = exchange;
  const body = await readBody(request, MAX_FORM);
  const credential = readCredential(request.headers.authorization);
  const account = credential ? network.state.accounts.get(credential.accessKeyId) : undefined;
  if (!credential || !account) {
    const message = "The security token included in the request is invalid.";
    return sendFault(exchange, { status: 403, code: "InvalidClientTokenId", message });
  }
  if (!isSignedBy(account.token, credential, { headers: request.headers, body })) {
    const message =
      "The request signature we calculated does not match the signature you provided.";
    return sendFault(exchange, { status: 403, code: "SignatureDoesNotMatch", message });
  }
  const form = parse(body.toString("utf8"));
  if (form.Action === "Publish") return publish(network, account, exchange, form);
  if (form.Action === "GetSMSAttributes") {
    return sendText(response, 200, result("GetSMSAttributes", "<attributes/>"), XML);
  }
  const message = `The action ${String(form.Action)} is not valid for this web service.`;
  return sendFault(exchange, { status: 400, code: "InvalidAction", message });
}

function publish(network: Network, account: SimAccount, exchange: Exchange, form: ParsedUrlQuery) {
  const to = String(form.PhoneNumber ?? "");
  const switches = network.state.switchesFor(to);
  const refusal = refuseBefore(network, switches);
  const created = refusal ? null : createMessage(network, account, asTwilio(account, form, to));
  if (created?.ok) return answerTaken(network, switches, exchange, created.message);
  const fault = refusal ?? toFault(created?.error ?? null, to);
  const at = Date.now();
  const body = String(form.Message ?? "");
  network.ledger.append({ k: "refused", at, to, body, httpStatus: fault.status, code: 0 });
  after(network, switches.slowMs, () => sendFault(exchange, fault));
}

function refuseBefore({ dice }: Network, switches: Switches): Fault | null {
  if (dice.happens(switches.throttlePercent)) {
    return { status: 429, code: "Throttled", message: "Rate exceeded" };
  }
  return dice.happens(switches.errorPercent) ? INTERNAL : null;
}

const INTERNAL: Fault = { status: 500, code: "InternalError", message: "Internal error" };

/** The same network under another name: what a create of Twilio's would be given. */
function asTwilio(account: SimAccount, form: ParsedUrlQuery, to: string): ParsedUrlQuery {
  const attributes = attributesOf(form);
  const from =
    attributes.get("AWS.SNS.SMS.SenderID") ??
    attributes.get("AWS.MM.SMS.OriginationNumber") ??
    account.numbers[0]?.number;
  return { To: to, Body: String(form.Message ?? ""), ...(from && { From: from }) };
}

/** `MessageAttributes.entry.1.Name`, `MessageAttributes.entry.1.Value.StringValue`, … */
function attributesOf(form: ParsedUrlQuery): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, name] of Object.entries(form)) {
    const place = /^MessageAttributes\.entry\.(\d+)\.Name$/.exec(key)?.[1];
    const value = form[`MessageAttributes.entry.${place}.Value.StringValue`];
    if (place && typeof name === "string" && typeof value === "string") found.set(name, value);
  }
  return found;
}

function toFault(error: RestError | null, to: string): Fault {
  if (!error) return INTERNAL;
  if (error.code === 21610) {
    const message = `Phone number ${to} is opted out`;
    return { status: 400, code: "OptedOut", message };
  }
  const reason =
    error.code === 21211 ? `PhoneNumber Reason: ${to} is not valid to publish to` : error.message;
  return { status: 400, code: "InvalidParameter", message: `Invalid parameter: ${reason}` };
}

function answerTaken(
  network: Network,
  switches: Switches,
  exchange: Exchange,
  message: SimMessage,
) {
  const { dice } = network;
  const { response } = exchange;
  if (dice.happens(switches.acceptedHangPercent)) return setAnswer(network, message, "hang");
  if (dice.happens(switches.acceptedResetPercent)) {
    setAnswer(network, message, "reset");
    return after(network, switches.slowMs, () => response.socket?.resetAndDestroy());
  }
  if (dice.happens(switches.acceptedErrorPercent)) {
    setAnswer(network, message, "500");
    return after(network, switches.slowMs, () => sendFault(exchange, INTERNAL));
  }
  const text = result("Publish", `<MessageId>${message.sid}</MessageId>`);
  if (dice.happens(switches.acceptedGarbagePercent)) {
    setAnswer(network, message, "garbage");
    return after(network, switches.slowMs, () => sendText(response, 200, text.slice(0, 40), XML));
  }
  after(network, switches.slowMs, () => sendText(response, 200, text, XML));
}

function after(network: Network, ms: number, work: () => void) {
  if (ms === 0) work();
  else later(network, ms, work);
}

function result(action: string, inner: string): string {
  const meta = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${inner}</${action}Result>${meta}</${action}Response>`;
}

function sendFault({ response }: Exchange, { status, code, message }: Fault) {
  const type = status < 500 ? "Sender" : "Receiver";
  const text = message.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${text}</Message></Error>`;
  const id = `<RequestId>${randomUUID()}</RequestId>`;
  sendText(
    response,
    status,
    `<ErrorResponse xmlns="${NAMESPACE}">${error}${id}</ErrorResponse>`,
    XML,
  );
}
