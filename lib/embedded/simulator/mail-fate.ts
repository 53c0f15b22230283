import { tellMailEvent } from "./mail-webhook";
import { type MailEvent, recipientOf, type SimMail, type SimMailAnswer } from "./mail-words";
import { later, type Network } from "./network";

export function takeMail(network: Network, mail: SimMail) {
  network.state.mailbox.add(mail);
  const { receipts: _, ...kept } = mail;
  network.ledger.append({ k: "mail", at: mail.at, mail: kept });
  network.events.tell("mail", mail);
}

/** Remembers how the request was answered, where it was not simply 200. */
export function setMailAnswer(network: Network, mail: SimMail, answer: SimMailAnswer) {
  mail.answer = answer;
  network.ledger.append({ k: "mail_answer", at: Date.now(), id: mail.id, answer });
  network.events.tell("mail", mail);
}

/** Something happened to the mail: it is noted, and told to the app. */
export function moveMail(network: Network, mail: SimMail, event: MailEvent) {
  mail.lastEvent = event;
  network.ledger.append({ k: "mail_event", at: Date.now(), id: mail.id, event });
  network.events.tell("mail", mail);
  tellMailEvent(network, mail, event);
}

/**
 * Lets a mail live on from the event it has: queued → sent → delivered, or bounced, or complained
 * about, as its recipient's switches or its test address ask for. Also after a restart.
 */
export function letMailLive(network: Network, mail: SimMail) {
  const switches = network.state.switchesFor(recipientOf(mail));
  switch (mail.lastEvent) {
    case "queued":
      return next(network, mail, switches.sentAfterMs, () => "sent");
    case "sent":
      return next(network, mail, switches.deliveredAfterMs, () => arrivalOf(network, mail));
    case "delivered":
      if (testFate(mail) !== "complained") return;
      return next(network, mail, switches.readAfterMs, () => "complained");
    default:
      return;
  }
}

function next(network: Network, mail: SimMail, ms: number, choose: () => MailEvent) {
  const from = mail.lastEvent;
  later(network, ms, () => {
    // Reset meanwhile, or a person did something to it: its own course is over.
    if (mail.lastEvent !== from || !network.state.mailbox.mails.has(mail.id)) return;
    moveMail(network, mail, choose());
    letMailLive(network, mail);
  });
}

function arrivalOf(network: Network, mail: SimMail): MailEvent {
  const { failWith } = network.state.switchesFor(recipientOf(mail));
  return failWith !== null || testFate(mail) === "bounced" ? "bounced" : "delivered";
}

/** Resend's test recipients, plus-labels allowed: `bounced+label@resend.dev`. */
function testFate(mail: SimMail): string | null {
  return /^(delivered|bounced|complained)(\+.*)?@resend\.dev$/.exec(recipientOf(mail))?.[1] ?? null;
}
