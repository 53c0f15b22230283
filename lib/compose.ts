import { createHmac } from "node:crypto";
import { openDatabase } from "../db/client";
import { createInngest } from "../inngest/client";
import type { Env } from "./env";
import { checkHost, fetchChecked } from "./http/address-check";
import type { Deps } from "./ports/deps";
import type { Log } from "./ports/log";
import { passBellsOn } from "./providers/bell-relay";
import { systemChance } from "./providers/chance";
import { createCipher } from "./providers/cipher";
import { clockFrom, systemClock } from "./providers/clock";
import { createEmailProviders } from "./providers/email";
import { createJobs, type DoorbellEvent } from "./providers/jobs";
import { createSmsProviders } from "./providers/sms";
import { createWebhookSender } from "./providers/webhooks";
import { createAnnouncer } from "./realtime/announcer";

type Options = {
  env: Env;
  log: Log;
  /** Public origin without a trailing slash. */
  appUrl: string;
  databaseUrl: string;
  /** Name under which the connections of this process appear in the database. */
  connectionName: string;
  authSecret: string;
  /** As ENCRYPTION_KEY: with commas between several. */
  encryptionKeys: string;
  timeScale: number;
  /** What the app's clock shows at the start; null: the time. */
  testClock: Date | null;
  /** Besides TWILIO_API_URL, which is added here. */
  trustedOrigins: readonly string[];
  /** No job engine can be reached from here: bells go by the database to processes that have one. */
  passesBellsOn: boolean;
};

export type Composition = {
  deps: Deps;
  /** Rings the job engine of this process. */
  sendEvents: (events: DoorbellEvent[]) => Promise<unknown>;
  /** Sends what is still to be announced and closes the connections. */
  close: () => Promise<void>;
};

/**
 * The composition root: chooses a provider for every port. INNGEST_* must be set before, because
 * the job engine's client reads them here.
 *
 * @throws when ENCRYPTION_KEY is not made of 32-byte keys.
 */
export function composeDeps(options: Options): Composition {
  const { env, log, appUrl } = options;
  const database = openDatabase(options.databaseUrl, {
    applicationName: options.connectionName,
    prepare: env.DATABASE_DIRECT_URL === undefined,
  });
  const realtime = createAnnouncer({ sql: database.sql, log });
  const inngest = createInngest(log);
  const sendEvents = (events: DoorbellEvent[]) => inngest.send(events);
  const trustedOrigins = [...options.trustedOrigins, env.TWILIO_API_URL ?? []].flat();
  const sms = createSmsProviders({
    log,
    twilioApiUrl: env.TWILIO_API_URL ?? null,
    snsEndpoint: env.AWS_ENDPOINT_URL_SNS ?? null,
    fetchFile: (url, { trustedOrigin, ...limits }) =>
      fetchChecked(url, {
        ...limits,
        trustedOrigins: [...trustedOrigins, trustedOrigin ?? []].flat(),
      }),
    uuid: systemChance.uuid,
  });
  // A mail server on one's own network is named by whoever runs this machine, not on a screen.
  const trustedHosts = [env.SMTP_HOST ?? []].flat();
  const email = createEmailProviders({
    log,
    resendBaseUrl: env.RESEND_BASE_URL ?? null,
    checkHost: (host) => checkHost(host, { trustedHosts }),
  });
  const clock = options.testClock ? clockFrom(options.testClock) : systemClock;
  const deps: Deps = {
    db: database.db,
    sql: database.sql,
    clock,
    chance: systemChance,
    cipher: createCipher(options.encryptionKeys.split(",").map((key) => key.trim())),
    log,
    realtime,
    jobs: createJobs({
      log,
      now: () => clock.now().getTime(),
      aheadMs: clock.now().getTime() - Date.now(),
      send: options.passesBellsOn ? (events) => passBellsOn(database.sql, events) : sendEvents,
    }),
    sms,
    email,
    webhooks: createWebhookSender({ trustedOrigins }),
    settings: {
      appUrl,
      timeScale: options.timeScale,
      trustedOrigins,
      linkSecret: createHmac("sha256", options.authSecret).update("links").digest("hex"),
    },
  };
  return {
    deps,
    sendEvents,
    close: async () => {
      await realtime.flush();
      await database.close();
    },
  };
}
