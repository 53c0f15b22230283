/**
 * The words of the mail side: an account holds a key and domains, a mail goes from an address of
 * those domains to people, and every event of its life is told to the account's webhook.
 */

/** The mail service's own words for what became of a mail last. */
export type MailEvent = "queued" | "sent" | "delivered" | "bounced" | "complained" | "opened";

/** What the person who got the mail, or their server, can do to it. */
export const PERSON_EVENTS = ["bounced", "complained", "opened"] as const;

export type SimMailAccount = {
  /** UUID; stands for the account wherever the key must not be seen. */
  id: string;
  /** `re_…` */
  apiKey: string;
  /** Verified ones, lower case; only addresses of these may send. */
  domains: string[];
  /** `whsec_` and base64. */
  webhookSecret: string | null;
  webhookUrl: string | null;
  createdAt: number;
};

/** What became of one event's webhook. */
export type SimMailReceipt = {
  event: MailEvent;
  /** The same for every try and every copy of one event. */
  svixId: string;
  at: number;
  outcome: "answered" | "failed" | "dropped";
  httpStatus: number | null;
  tries: number;
};

/** How the request that brought the mail was answered last. */
export type SimMailAnswer = "200" | "500" | "reset" | "hang" | "garbage";

export type SimMail = {
  /** UUID. */
  id: string;
  accountId: string;
  /** When it was taken, in ms. */
  at: number;
  /** Bare address, as given. */
  from: string;
  fromName: string | null;
  /** Bare addresses, as given. */
  to: string[];
  replyTo: string[];
  subject: string;
  text: string | null;
  html: string | null;
  /** Header lines of the sender's own, names as given. */
  headers: Record<string, string>;
  tags: Record<string, string>;
  lastEvent: MailEvent;
  idempotencyKey: string | null;
  /** Of the whole payload: the same key may only come with the same one. */
  fingerprint: string;
  answer: SimMailAnswer;
  /** The last one-click unsubscription of the person; httpStatus null: nobody answered. */
  unsubscribed: { at: number; httpStatus: number | null } | null;
  receipts: SimMailReceipt[];
};

/** `Name <a@b>`, or the address alone. */
export function fromLine({ from, fromName }: Pick<SimMail, "from" | "fromName">): string {
  return fromName === null ? from : `${fromName} <${from}>`;
}

/** Where the mail goes, as switches and fates know it. */
export function recipientOf({ to }: Pick<SimMail, "to">): string {
  return (to[0] ?? "").toLowerCase();
}

/** A header line of the mail, whatever the case of its name; null: there is none. */
export function headerOf({ headers }: Pick<SimMail, "headers">, name: string): string | null {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return found ? found[1] : null;
}

/** The Message-ID header as the mail leaves with it. */
export function messageIdOf({ id }: Pick<SimMail, "id">): string {
  return `<${id}@mail.simulator.test>`;
}
