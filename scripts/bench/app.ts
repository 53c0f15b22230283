import { existsSync } from "node:fs";
import { join } from "node:path";
import { createCipher } from "../../lib/providers/cipher";
import type { Rig } from "./rig";

const BUILD = ".next/launcher/serve.mjs";
/** What the sessions of the app started here are sealed with. */
export const AUTH_SECRET = "bench-secret-of-forty-characters-or-more";
const ENCRYPTION_KEY = "5".repeat(64);

type AppOptions = {
  databaseUrl: string;
  /** Public origin; default: where it listens. */
  appUrl?: string;
  /** Stands in for Twilio's API. */
  twilioApiUrl?: string;
};

/** Starts the production build on a database and returns its origin. */
export function startApp(rig: Rig, options: AppOptions): Promise<string> {
  if (!existsSync(BUILD)) throw new Error("there is no production build: npm run build");
  return rig.serve((PORT) => ({
    args: [BUILD],
    env: {
      PORT,
      ...(options.appUrl && { APP_URL: options.appUrl }),
      ...(options.twilioApiUrl && { TWILIO_API_URL: options.twilioApiUrl }),
      DATABASE_URL: options.databaseUrl,
      DATA_DIR: join(rig.folder, "app"),
      AUTH_SECRET,
      ENCRYPTION_KEY,
      LOG_LEVEL: "info",
      DEMO: "false",
    },
  }));
}

/** As the app started here opens it. */
export function sealForApp(secret: string): string {
  return createCipher([ENCRYPTION_KEY]).seal(secret);
}
