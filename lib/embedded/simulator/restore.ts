import type { LedgerLine } from "./ledger";
import { applyMailLine } from "./mail-lines";
import { type NetworkState, pair } from "./state";
import { networkSwitchesSchema, switchesSchema } from "./switches";
import type { SimAnswer, SimMessage } from "./words";

/** Rebuilds the memory from the text of a ledger, whose every line is whole. */
export function restoreState(state: NetworkState, text: string) {
  const lines = text.split("\n");
  lines.pop();
  for (const line of lines) applyLine(state, JSON.parse(line) as LedgerLine);
}

function applyLine(state: NetworkState, line: LedgerLine) {
  switch (line.k) {
    case "message":
      return state.add({ ...line.message, receipts: [] });
    case "status":
    case "answer":
    case "receipt":
    case "media":
    case "redacted":
      return change(state.messages.get(line.sid), line);
    case "deleted":
      return state.remove(line.sid);
    case "opt_out":
      return setOptOut(state, line);
    case "window":
      return void state.windows.set(pair(line.sender, line.person), line.openedAt);
    case "phone":
      return void state.phones.set(line.phone.phone, line.phone);
    case "account":
      return void state.accounts.set(line.account.sid, line.account);
    case "switches":
      return setSwitches(state, line);
    case "reset":
      return state.clear();
    case "refused":
      return;
    default:
      return applyMailLine(state.mailbox, line);
  }
}

type Change = Extract<LedgerLine, { k: "status" | "answer" | "receipt" | "media" | "redacted" }>;

function change(message: SimMessage | undefined, line: Change) {
  if (!message) return;
  switch (line.k) {
    case "status":
      message.status = line.status;
      message.errorCode = line.errorCode;
      message.updatedAt = line.at;
      if (line.status === "sent") message.sentAt = line.at;
      if (line.from) message.from = line.from;
      return;
    case "answer":
      message.answer = line.answer as SimAnswer;
      return;
    case "receipt":
      message.receipts.push(line.receipt);
      return;
    case "media":
      message.media = line.media;
      return;
    case "redacted":
      message.body = "";
      return;
    default:
      return line satisfies never;
  }
}

function setOptOut(state: NetworkState, line: Extract<LedgerLine, { k: "opt_out" }>) {
  const key = pair(line.sender, line.person);
  if (line.isOptedOut) state.optOuts.add(key);
  else state.optOuts.delete(key);
}

function setSwitches(state: NetworkState, line: Extract<LedgerLine, { k: "switches" }>) {
  if (line.phone === null) {
    const values = networkSwitchesSchema.partial().safeParse(line.values);
    if (values.success) state.switches = { ...state.switches, ...values.data };
  } else if (line.values === null) {
    state.phoneSwitches.delete(line.phone);
  } else {
    const values = switchesSchema.partial().safeParse(line.values);
    if (values.success) state.phoneSwitches.set(line.phone, values.data);
  }
}
