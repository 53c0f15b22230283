import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/test/ensure-chromium";

/** They load the machine, or judge what it answers in time: nothing ever runs beside them. */
const ALONE = /(?:chaos|outage)\.spec\.ts$/;

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/shared-postgres.ts",
  // Each file starts an app of its own: two cores carry one at a time, whatever else they do.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Generous: a slow machine makes nothing wrong, and only what fails waits so long.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  projects: [
    { name: "beside", testIgnore: ALONE, outputDir: "test-results/beside" },
    { name: "alone", testMatch: ALONE, outputDir: "test-results/alone", workers: 1 },
  ],
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    // Without the film and a copy of the page at every step, which cost more than the pages themselves.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    timezoneId: "Pacific/Chatham",
    locale: "en-GB",
    launchOptions: {
      executablePath: findChromium(),
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(process.getuid?.() === 0 ? ["--no-sandbox", "--disable-dev-shm-usage"] : []),
      ],
    },
  },
});
