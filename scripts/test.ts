import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureChromium } from "./test/ensure-chromium";
import { hasOldestPostgres, withOldestPostgres } from "./test/oldest-postgres";

type Count = { passed: number; failed: number; skipped: number };

const RESULTS = "test-results";

/**
 * Everything: verify, unit, integration on the embedded PostgreSQL and on the oldest one where it is
 * installed, production build, end-to-end. A part that fails does not
 * keep the next from running; the last line counts all tests.
 */
async function main() {
  const { values } = parseArgs({
    options: { only: { type: "string" }, long: { type: "boolean" } },
  });
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS);
  const counts: Count[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (values.only && values.only !== name) continue;
    console.log(`\n── ${name}`);
    counts.push(await part({ isLong: values.long ?? false }));
  }
  const total = sum(counts);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

type Options = { isLong: boolean; TEST_DATABASE_URL?: string };
type Part = (options: Options) => Count | Promise<Count>;

const INTEGRATION = "tests/integration";

const PARTS: Record<string, Part> = {
  verify: () => one(run("npm", ["run", "--silent", "verify"])),
  unit: (options) => vitest({ project: "unit" }, options),
  integration: (options) => vitest({ project: "integration" }, options),
  "integration on PostgreSQL 15": integrationOnOldest,
  e2e: (options) => {
    if (run("npm", ["run", "--silent", "build"]) !== 0) return one(1);
    ensureChromium();
    return sum([playwright("beside", options), playwright("alone", options)]);
  },
};

function integrationOnOldest(options: Options): Count | Promise<Count> {
  if (!hasOldestPostgres()) {
    console.log(
      "not run: Debian's PostgreSQL 15 is not installed here (apt install postgresql-15)",
    );
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const suite = { project: "integration", file: "integration-15", exclude: filesWithoutDatabase() };
  return withOldestPostgres((url) => vitest(suite, { ...options, TEST_DATABASE_URL: url }));
}

/** Which server the others run on is nothing to these: they ask none, or bring their own. */
function filesWithoutDatabase(): string[] {
  return readdirSync(INTEGRATION)
    .map((name) => `${INTEGRATION}/${name}`)
    .filter((file) => !readFileSync(file, "utf8").includes("openTestDatabase("));
}

function run(command: string, args: string[], { isLong = false, ...more } = {}): number {
  const env = { ...process.env, TEST_LONG: isLong ? "1" : "", ...more };
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env });
  if (error) console.error(error.message);
  return status ?? 1;
}

function sum(counts: readonly Count[]): Count {
  const of = (kind: keyof Count) => counts.reduce((all, count) => all + count[kind], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

function one(code: number): Count {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

type Suite = { project: string; file?: string; exclude?: readonly string[] };

function vitest({ project, file: name = project, exclude = [] }: Suite, options: Options): Count {
  const file = `${RESULTS}/${name}.json`;
  const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const without = exclude.flatMap((one) => ["--exclude", one]);
  const code = run("vitest", ["run", "--project", project, ...without, ...reports], options);
  if (!existsSync(file)) return one(1);
  const report = JSON.parse(readFileSync(file, "utf8"));
  return atLeast(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  });
}

/** One project of playwright.config.ts, which says why there are two. */
function playwright(project: string, options: Options): Count {
  const file = `${RESULTS}/e2e-${project}.json`;
  const env = { ...options, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const code = run("playwright", ["test", "--project", project], env);
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

await main();
