import type { Database, Sql } from "../../db/client";
import type { Chance } from "./chance";
import type { Cipher } from "./cipher";
import type { Clock } from "./clock";
import type { EmailProviders } from "./email";
import type { Jobs } from "./jobs";
import type { Log } from "./log";
import type { Realtime } from "./realtime";
import type { SmsProviders } from "./sms";
import type { WebhookSender } from "./webhooks";

/** What the machine's environment settles and stages need to know. */
export type Settings = {
  /** Public origin without a trailing slash: webhook URLs, signatures and links use it. */
  readonly appUrl: string;
  /** Divides the long waits of sending (retries, leases) in tests; 1 in real life. */
  readonly timeScale: number;
  /** Origin that the address check lets pass besides public ones (TWILIO_API_URL, the simulator). */
  readonly trustedOrigins: readonly string[];
  /** Key of signed media links and the like; never leaves the server. */
  readonly linkSecret: string;
};

/** Everything a stage can touch. A stage asks for `Pick<Deps, …>`: its first line says what it needs. */
export type Deps = {
  readonly db: Database;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly cipher: Cipher;
  readonly log: Log;
  readonly realtime: Realtime;
  readonly jobs: Jobs;
  readonly sms: SmsProviders;
  readonly email: EmailProviders;
  readonly webhooks: WebhookSender;
  readonly settings: Settings;
};
