import { addReceipt, later, type Network } from "./network";
import type { FormFields } from "./signature";
import { bareAddress, isWhatsapp, type SimMessage, type SimStatus } from "./words";

/** Tells the app a status, with everything that the switches make go wrong on the way. */
export function tellStatus(network: Network, message: SimMessage, status: SimStatus) {
  if (message.statusCallback === null) return;
  const switches = network.state.switchesFor(message.to);
  if (!switches.receipts) return;
  if (network.dice.happens(switches.droppedReceiptsPercent)) {
    const at = Date.now();
    addReceipt(network, message, { status, at, outcome: "dropped", httpStatus: null, tries: 0 });
    return;
  }
  const copies = network.dice.happens(switches.doubledReceiptsPercent) ? 2 : 1;
  const isHeld = switches.reorderedReceipts && isMiddle(message, status);
  // Long enough for the last one to be told first, and in reverse among themselves.
  const held = isHeld ? holdOf(switches.deliveredAfterMs + switches.readAfterMs, status) : 0;
  const fields = callbackFields(message, status);
  for (let copy = 0; copy < copies; copy += 1) {
    const wait = switches.receiptDelayMs + held;
    const post = () => postReceipt(network, message, status, fields);
    if (wait === 0) inOrder(message, post);
    else later(network, wait, () => inOrder(message, post));
  }
}

const underWay = new WeakMap<SimMessage, Promise<void>>();

/** Receipts of one message do not race each other: disorder is a switch, not an accident. */
function inOrder(message: SimMessage, post: () => Promise<void>) {
  const previous = underWay.get(message);
  underWay.set(message, previous ? previous.then(post) : post());
}

function isMiddle(message: SimMessage, status: SimStatus): boolean {
  const last = isWhatsapp(message.to) ? "read" : "delivered";
  return status !== last && status !== "undelivered" && status !== "failed";
}

function holdOf(rest: number, status: SimStatus): number {
  const place = ["delivered", "sent", "queued"].indexOf(status);
  return rest + 200 + 150 * Math.max(0, place);
}

async function postReceipt(
  network: Network,
  message: SimMessage,
  status: SimStatus,
  fields: FormFields,
) {
  const account = network.state.accounts.get(message.accountSid);
  if (!account || message.statusCallback === null) return;
  const result = await network.poster.post(message.statusCallback, account.token, fields);
  if (network.isClosed) return;
  const isTaken = result.httpStatus !== null && result.httpStatus < 400;
  addReceipt(network, message, {
    status,
    at: Date.now(),
    outcome: isTaken ? "answered" : "failed",
    httpStatus: result.httpStatus,
    tries: result.tries,
  });
}

function callbackFields(message: SimMessage, status: SimStatus): FormFields {
  const fields: [string, string][] = isWhatsapp(message.to) ? whatsappFields(message, status) : [];
  fields.push(["SmsSid", message.sid], ["SmsStatus", status], ["MessageStatus", status]);
  fields.push(["To", message.to]);
  if (message.serviceSid) fields.push(["MessagingServiceSid", message.serviceSid]);
  fields.push(["MessageSid", message.sid], ["AccountSid", message.accountSid]);
  if (message.from) fields.push(["From", message.from]);
  if (message.errorCode !== null) fields.push(["ErrorCode", String(message.errorCode)]);
  if (!isWhatsapp(message.to) && (status === "delivered" || status === "undelivered")) {
    fields.push(["RawDlrDoneDate", carrierTime(new Date())]);
  }
  fields.push(["ApiVersion", "2010-04-01"]);
  return fields;
}

function whatsappFields(message: SimMessage, status: SimStatus): [string, string][] {
  const fields: [string, string][] = [
    ["ChannelPrefix", "whatsapp"],
    ["ChannelInstallSid", `XE${message.accountSid.slice(2)}`],
    ["ChannelToAddress", `${bareAddress(message.to).slice(0, -4)}XXXX`],
    ["StructuredMessage", "false"],
  ];
  if (status === "delivered" || status === "read" || status === "undelivered") {
    fields.push(["EventType", status.toUpperCase()]);
  }
  if (message.errorCode !== null) {
    fields.push(["ChannelStatusMessage", `Error ${message.errorCode}`]);
  }
  return fields;
}

/** YYMMDDhhmm, as carriers write it. */
function carrierTime(at: Date): string {
  return at.toISOString().slice(2, 16).replaceAll(/[-T:]/g, "");
}
