import { spawnSync } from "node:child_process";
import { build } from "esbuild";

/** Builds the pages, and the launcher that `npm start` runs: one file, without tsx. */
async function main() {
  const pages = spawnSync("next", ["build"], {
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    shell: process.platform === "win32",
  });
  if (pages.status !== 0) {
    process.exitCode = pages.status ?? 1;
    return;
  }
  await build({
    entryPoints: ["scripts/serve.ts"],
    outdir: ".next/launcher",
    bundle: true,
    // Steps that a start may not need are loaded when they are.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    alias: { "@": process.cwd() },
    // Next says in .next/package.json that a .js file there is CommonJS.
    outExtension: { ".js": ".mjs" },
    sourcemap: true,
    logLevel: "warning",
  });
}

await main();
