import { maskAddress } from "../../domain/mask-address";
import type { Log } from "../../ports/log";
import type { SmsProvider } from "../../ports/sms";

type Options = { log: Log; uuid: () => string };

const NOTHING_COMES_IN = {
  ok: false,
  fault: "not_settable",
  message: "Nothing comes in by the console provider",
} as const;

/** R205: sends nothing. Every message is accepted and its text shown in the log at `debug`. */
export function createConsoleProvider({ log, uuid }: Options): SmsProvider {
  return {
    async send(_account, request) {
      const providerId = `console-${uuid()}`;
      const to = maskAddress(request.to);
      log.info({ channel: request.channel, providerId }, `[SMS] Console: SMS to ${to}`);
      log.debug({ providerId, to: request.to, body: request.body }, "[SMS] Console: its text");
      return { kind: "accepted", providerId, segments: null };
    },
    /** What it took was shown and went nowhere: nothing of it is kept. */
    async listSent() {
      return { ok: true, messages: [] };
    },
    async fetchReport() {
      return { ok: true, report: { status: "accepted", errorCode: null, errorMessage: null } };
    },
    async listTraffic() {
      return { ok: true, isWhole: true, received: [], sent: [] };
    },
    /** It costs nothing and bills nothing. */
    async listPrices() {
      return { ok: true, prices: [], nextPage: null };
    },
    async listFiles() {
      return { ok: true, files: [] };
    },
    async testConnection() {
      return { ok: true, accountName: "console", senders: null };
    },
    async listTemplates() {
      return { ok: true, templates: [] };
    },
    async readWebhook() {
      return NOTHING_COMES_IN;
    },
    async setWebhook() {
      return NOTHING_COMES_IN;
    },
    async fetchMedia() {
      return { ok: false, isFinal: true, reason: "the console provider has no media" };
    },
  };
}
