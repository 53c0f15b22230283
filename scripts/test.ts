import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureChromium } from "./test/ensure-chromium";

type Count = { passed: number; failed: number; skipped: number };

const RESULTS = "test-results";

/**
 * Everything: verify, unit, integration, production build, end-to-end. A part that fails does not
 * keep the next from running; the last line counts all tests.
 */
function main() {
  const { values } = parseArgs({
    options: { only: { type: "string" }, long: { type: "boolean" } },
  });
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS);
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, part] of Object.entries(PARTS)) {
    if (values.only && values.only !== name) continue;
    console.log(`\n── ${name}`);
    const count = part({ isLong: values.long ?? false });
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

type Part = (options: { isLong: boolean }) => Count;

const PARTS: Record<string, Part> = {
  verify: () => one(run("npm", ["run", "--silent", "verify"])),
  unit: (options) => vitest("unit", options),
  integration: (options) => vitest("integration", options),
  e2e: (options) => {
    if (run("npm", ["run", "--silent", "build"]) !== 0) return one(1);
    ensureChromium();
    const code = run("playwright", ["test"], options);
    return readPlaywright(code);
  },
};

function run(command: string, args: string[], { isLong = false } = {}): number {
  const env = { ...process.env, TEST_LONG: isLong ? "1" : "" };
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env });
  if (error) console.error(error.message);
  return status ?? 1;
}

function one(code: number): Count {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function vitest(project: string, options: { isLong: boolean }): Count {
  const file = `${RESULTS}/${project}.json`;
  const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = run("vitest", ["run", "--project", project, ...reports], options);
  if (!existsSync(file)) return one(1);
  const report = JSON.parse(readFileSync(file, "utf8"));
  return atLeast(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  });
}

function readPlaywright(code: number): Count {
  const file = `${RESULTS}/e2e.json`;
  if (!existsSync(file)) return one(1);
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  return atLeast(code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
}

/** A run that failed outside its tests counts as one failure. */
function atLeast(code: number, count: Count): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

main();
