import { spawn } from "node:child_process";

/** What `npm run verify` holds: form, types, who imports whom, dead code, secrets. No database. */
const CHECKS: Record<string, string> = {
  "format and lint": "biome check --error-on-warnings .",
  types: "tsc --noEmit",
  imports: "tsx scripts/verify/check-imports.ts",
  "dead code": "knip --no-progress",
  secrets: "tsx scripts/verify/check-secrets.ts",
  "phone numbers": "tsx scripts/verify/check-phone-numbers.ts",
};

/** All at once; prints what fails. Run by npm, which puts the tools on the path. */
async function main() {
  const results = await Promise.all(
    Object.entries(CHECKS).map(([name, line]) => check(name, line)),
  );
  for (const { name, passed, output } of results) {
    console.log(`${passed ? "ok  " : "FAIL"} ${name}`);
    if (!passed) console.log(output);
  }
  if (results.some(({ passed }) => !passed)) process.exitCode = 1;
}

function check(name: string, line: string) {
  const [command = "", ...args] = line.split(" ");
  return new Promise<{ name: string; passed: boolean; output: string }>((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => output.push(chunk));
    }
    child.once("error", (error) => resolve({ name, passed: false, output: error.message }));
    child.once("close", (code) => {
      resolve({ name, passed: code === 0, output: Buffer.concat(output).toString() });
    });
  });
}

await main();
