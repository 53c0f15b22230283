import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MailLine } from "./mail-lines";
import type { SimAccount, SimMessage, SimPhone, SimReceipt, SimStatus } from "./words";

/** One line of the ledger: everything that the network took, did or told, in order. */
export type LedgerLine =
  | { k: "message"; at: number; message: Omit<SimMessage, "receipts"> }
  | {
      k: "status";
      at: number;
      sid: string;
      status: SimStatus;
      errorCode: number | null;
      from?: string;
    }
  | { k: "answer"; at: number; sid: string; answer: string }
  | { k: "refused"; at: number; to: string; body: string; httpStatus: number; code: number }
  | { k: "receipt"; at: number; sid: string; receipt: SimReceipt }
  | { k: "media"; at: number; sid: string; media: SimMessage["media"] }
  | { k: "redacted"; at: number; sid: string }
  | { k: "deleted"; at: number; sid: string }
  | { k: "opt_out"; at: number; sender: string; person: string; isOptedOut: boolean }
  | { k: "window"; at: number; sender: string; person: string; openedAt: number }
  | { k: "phone"; at: number; phone: SimPhone }
  | { k: "account"; at: number; account: SimAccount }
  | { k: "switches"; at: number; phone: string | null; values: Record<string, unknown> | null }
  | { k: "reset"; at: number }
  | MailLine;

export type Ledger = {
  readonly directory: string;
  append(line: LedgerLine): void;
  /** Writes what waits. A crash of this process loses at most 20 ms of lines. */
  flush(): void;
  /** Every line so far, as text. */
  read(): string;
  close(): void;
};

/** @param directory null: a temporary one that goes with the network. */
export function openLedger(directory: string | null): Ledger {
  const home = directory ?? mkdtempSync(join(tmpdir(), "carillon-simulator-"));
  mkdirSync(join(home, "media"), { recursive: true });
  const path = join(home, "ledger.jsonl");
  const file = openSync(path, "a+", 0o600);
  cutTornLine(file, path);
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const text = waiting.join("");
    waiting = [];
    writeSync(file, text);
  }

  return {
    directory: home,
    append(line) {
      waiting.push(`${JSON.stringify(line)}\n`);
      timer ??= setTimeout(flush, 20);
    },
    flush,
    read() {
      flush();
      return readFileSync(path, "utf8");
    },
    close() {
      flush();
      closeSync(file);
      if (directory === null) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A process that was killed while writing leaves half a line; what is written next must not join it. */
function cutTornLine(file: number, path: string) {
  const text = readFileSync(path);
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) ftruncateSync(file, end);
}
