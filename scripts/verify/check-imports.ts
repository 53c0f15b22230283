import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cruise } from "dependency-cruiser";
import { build } from "esbuild";

const FOLDERS = ["app", "components", "db", "inngest", "lib", "scripts", "tests"];
const SHADOW = ".next/imports";

/**
 * Holds the import laws of `.dependency-cruiser.mjs`. dependency-cruiser reads TypeScript by the
 * TypeScript 6 API, which version 7 no longer has; so it reads what esbuild leaves of our files when
 * the types are gone. An `import type` is thereby free: the laws are about what runs.
 */
async function main() {
  await rm(SHADOW, { recursive: true, force: true });
  await build({
    entryPoints: FOLDERS.flatMap(sourcesOf),
    outdir: SHADOW,
    outbase: ".",
    format: "esm",
    target: "es2020",
    supported: { "top-level-await": true },
    jsx: "automatic",
    logLevel: "error",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const { options, ...ruleSet } = (await import(resolve(".dependency-cruiser.mjs"))).default;
  const baseDir = resolve(SHADOW);
  const result = await cruise(
    ["."],
    { ...options, baseDir, ruleSet, validate: true, outputType: "err" },
    { alias: { "@/messages": resolve("messages"), "@": baseDir } },
  );
  if (result.exitCode !== 0) console.log(result.output);
  process.exitCode = result.exitCode === 0 ? 0 : 1;
}

function sourcesOf(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

await main();
