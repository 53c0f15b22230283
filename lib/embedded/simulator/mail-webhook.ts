import { randomBytes } from "node:crypto";
import {
  fromLine,
  type MailEvent,
  messageIdOf,
  recipientOf,
  type SimMail,
  type SimMailAccount,
  type SimMailReceipt,
} from "./mail-words";
import { later, type Network } from "./network";
import { signSvix } from "./svix-signature";
import { PERSISTENT } from "./webhook";

/** Tells the app an event, with everything that the receipts' switches make go wrong on the way. */
export function tellMailEvent(network: Network, mail: SimMail, event: MailEvent) {
  const account = network.state.mailbox.accountById(mail.accountId);
  if (!account || account.webhookUrl === null) return;
  const switches = network.state.switchesFor(recipientOf(mail));
  if (!switches.receipts) return;
  const svixId = `msg_${randomBytes(16).toString("hex")}`;
  if (network.dice.happens(switches.droppedReceiptsPercent)) {
    const nothing = { outcome: "dropped", httpStatus: null, tries: 0 } as const;
    return note(network, mail, { event, svixId, at: Date.now(), ...nothing });
  }
  const copies = network.dice.happens(switches.doubledReceiptsPercent) ? 2 : 1;
  // Long enough for the event after it to be told first.
  const held = switches.reorderedReceipts && event === "sent" ? switches.deliveredAfterMs + 350 : 0;
  const body = JSON.stringify(eventJson(mail, event));
  for (let copy = 0; copy < copies; copy += 1) {
    const wait = switches.receiptDelayMs + held;
    const post = () => postEvent(network, mail, { event, svixId, body });
    if (wait === 0) inOrder(mail, post);
    else later(network, wait, () => inOrder(mail, post));
  }
}

const underWay = new WeakMap<SimMail, Promise<void>>();

/** Events of one mail do not race each other: disorder is a switch, not an accident. */
function inOrder(mail: SimMail, post: () => Promise<void>) {
  const previous = underWay.get(mail);
  underWay.set(mail, previous ? previous.then(post) : post());
}

type Told = { event: MailEvent; svixId: string; body: string };

async function postEvent(network: Network, mail: SimMail, { event, svixId, body }: Told) {
  // As it is now: the secret may have been replaced while the event waited.
  const account: SimMailAccount | null = network.state.mailbox.accountById(mail.accountId);
  if (!account?.webhookUrl || account.webhookSecret === null) return;
  const headers = {
    "content-type": "application/json",
    "user-agent": "Svix-Webhooks/1.62",
    ...signSvix(account.webhookSecret, svixId, body, Date.now()),
  };
  const result = await network.poster.send({ url: account.webhookUrl, body, headers }, PERSISTENT);
  if (network.isClosed) return;
  const { httpStatus, tries } = result;
  const isTaken = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  const outcome = isTaken ? "answered" : "failed";
  note(network, mail, { event, svixId, at: Date.now(), outcome, httpStatus, tries });
}

function note(network: Network, mail: SimMail, receipt: SimMailReceipt) {
  mail.receipts.push(receipt);
  network.ledger.append({ k: "mail_receipt", at: receipt.at, id: mail.id, receipt });
  network.events.tell("mail", mail);
}

function eventJson(mail: SimMail, event: MailEvent) {
  return {
    type: `email.${event}`,
    created_at: new Date().toISOString(),
    data: {
      created_at: new Date(mail.at).toISOString(),
      email_id: mail.id,
      message_id: messageIdOf(mail),
      from: fromLine(mail),
      to: mail.to,
      subject: mail.subject,
      tags: mail.tags,
      ...(event === "bounced" ? { bounce: BOUNCE } : {}),
    },
  };
}

const BOUNCE = {
  message: "The recipient's email provider sent a hard bounce message.",
  type: "Permanent",
  subType: "General",
};
