import type { EmailRequest } from "../../lib/ports/email";

/** A mail with what mails hold: letters beyond ASCII, a comma in the name, a line of one full stop. */
export const mail: EmailRequest = {
  from: "hello@example.com",
  fromName: "L’été, Carillon",
  to: "guest@example.org",
  subject: "Votre table à 20 h",
  text: "Elle est prête.\n.\nÀ bientôt",
  html: "<p>Elle est prête.</p>",
  headers: { "List-Unsubscribe": "<https://carillon.test/u>" },
  messageId: "0199aaaa",
  idempotencyKey: "message/0199aaaa/1",
};

const BREAK = "\r\nBcc: thief@example.net\r\n\r\nHello\r\n.\r\nMAIL FROM:<x@example.net>\r\n";

/** A mail whose every text tries to begin another header, recipient, mail or command. */
export const hostileMail: EmailRequest = {
  ...mail,
  fromName: `A" <b@example.net>, ${BREAK}`,
  subject: `B${BREAK}`,
  text: `C${BREAK}`,
  html: null,
  headers: { "X-Note": `D${BREAK}` },
};
