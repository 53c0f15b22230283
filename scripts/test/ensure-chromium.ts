import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** Chromium as systems name it. */
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser of the end-to-end tests: Playwright's own where it is there, else the system's. */
export function findChromium(): string | undefined {
  return [chromium.executablePath(), ...INSTALLED].find((path) => existsSync(path));
}

/**
 * Installs Debian's Chromium where no browser is found and this account may.
 *
 * @throws when there is none and none can be installed, with what to do.
 */
export function ensureChromium(): void {
  if (findChromium()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const options = {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    } as const;
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync(
      "apt-get",
      ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"],
      options,
    );
  }
  if (!findChromium()) {
    throw new Error(
      "No Chromium for the end-to-end tests: install Chromium or Chrome, or run npx playwright install chromium",
    );
  }
}
