import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
// A loaded machine is slow, not wrong: these limits only end what hangs.
const HANGS_AFTER_MS = 30_000;
const env = { TZ: "Pacific/Chatham", INNGEST_DEV: "0" };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{lib,components,db,inngest,app,scripts}/**/*.test.{ts,tsx}"],
          env,
          testTimeout: HANGS_AFTER_MS,
          // Pure rules leave nothing behind; a process for each file takes longer than they do.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.ts"],
          env,
          testTimeout: HANGS_AFTER_MS,
          hookTimeout: 2 * HANGS_AFTER_MS,
          expect: { poll: { timeout: HANGS_AFTER_MS / 2 } },
          maxWorkers: 2,
        },
      },
    ],
  },
});
