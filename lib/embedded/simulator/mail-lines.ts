import type {
  MailEvent,
  SimMail,
  SimMailAccount,
  SimMailAnswer,
  SimMailReceipt,
} from "./mail-words";
import type { Mailbox } from "./mailbox";

/** The ledger's lines of the mail side: one `mail` for every mail taken, whatever was answered. */
export type MailLine =
  | { k: "mail_account"; at: number; account: SimMailAccount }
  | { k: "mail"; at: number; mail: Omit<SimMail, "receipts"> }
  | { k: "mail_event"; at: number; id: string; event: MailEvent }
  | { k: "mail_answer"; at: number; id: string; answer: SimMailAnswer }
  | { k: "mail_receipt"; at: number; id: string; receipt: SimMailReceipt }
  | { k: "mail_unsubscribed"; at: number; id: string; httpStatus: number | null }
  /** The same key and payload came again: no second mail. */
  | { k: "mail_replayed"; at: number; id: string; idempotencyKey: string }
  | {
      k: "mail_refused";
      at: number;
      to: string;
      subject: string;
      httpStatus: number;
      name: string;
    };

/** Rebuilds the mailbox, one line at a time. */
export function applyMailLine(mailbox: Mailbox, line: MailLine) {
  switch (line.k) {
    case "mail_account":
      return void mailbox.accounts.set(line.account.apiKey, line.account);
    case "mail":
      return mailbox.add({ ...line.mail, receipts: [] });
    case "mail_event":
    case "mail_answer":
    case "mail_receipt":
    case "mail_unsubscribed":
      return change(mailbox.mails.get(line.id), line);
    case "mail_replayed":
    case "mail_refused":
      return;
    default:
      return line satisfies never;
  }
}

type Change = Extract<
  MailLine,
  { k: "mail_event" | "mail_answer" | "mail_receipt" | "mail_unsubscribed" }
>;

function change(mail: SimMail | undefined, line: Change) {
  if (!mail) return;
  switch (line.k) {
    case "mail_event":
      mail.lastEvent = line.event;
      return;
    case "mail_answer":
      mail.answer = line.answer;
      return;
    case "mail_receipt":
      mail.receipts.push(line.receipt);
      return;
    case "mail_unsubscribed":
      mail.unsubscribed = { at: line.at, httpStatus: line.httpStatus };
      return;
    default:
      return line satisfies never;
  }
}
