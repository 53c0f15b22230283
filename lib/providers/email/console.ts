import { maskAddress } from "../../domain/mask-address";
import type { EmailProvider } from "../../ports/email";
import type { Log } from "../../ports/log";

/** R316: sends nothing. Every mail is accepted, and what it says shown in the log at `debug`. */
export function createEmailConsole({ log }: { log: Log }): EmailProvider {
  return {
    async send(_account, { messageId, to, subject, text }) {
      const providerId = `console-${messageId}`;
      log.info({ channel: "email", providerId }, `[EMAIL] Console: mail to ${maskAddress(to)}`);
      log.debug({ providerId, to, subject, text }, "[EMAIL] Console: its text");
      return { kind: "accepted", providerId, segments: null, isLastWord: true };
    },
    /** What it took was shown and went nowhere. */
    async fetchReport() {
      return { ok: true, report: { status: "sent", errorCode: null, errorMessage: null } };
    },
    async testConnection() {
      return { ok: true, accountName: "console", senders: null };
    },
  };
}
