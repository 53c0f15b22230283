import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DatabaseTooOld } from "../../db/migrate";
import { PostgresProblem } from "../../lib/embedded/postgres/problem";
import { loadSecrets } from "../../lib/embedded/secrets";
import { WrongVariable } from "../../lib/env";
import { explainFault } from "./explain-fault";
import { Refusal } from "./options";

describe("what the person at the terminal is told", () => {
  it.each([
    new Refusal("PORT: 3000 is taken"),
    new WrongVariable("PORT: must be a number"),
    new PostgresProblem("PostgreSQL cannot run"),
  ])("$message, as it is", (error) => {
    expect(explainFault(error)).toBe(error.message);
  });

  it("names DATABASE_URL when its server is too old, away or closed to us", () => {
    expect(explainFault(new DatabaseTooOld("14.2"))).toMatch(/^DATABASE_URL: .*14\.2.*15 or newer/);
    for (const code of ["28P01", "28000", "3D000", "ENOTFOUND", "ECONNREFUSED"]) {
      expect(explainFault(Object.assign(new Error("x"), { code }))).toMatch(
        /^DATABASE_URL: [^\n]+$/,
      );
    }
  });

  it("names the path that cannot be used", async () => {
    const folder = await mkdtemp(join(tmpdir(), "carillon-explain-"));
    const file = join(folder, "data");
    await writeFile(file, "a file where a folder is needed");
    const error: unknown = await loadSecrets(file).catch((reason: unknown) => reason);
    expect(explainFault(error)).toContain(file);
    expect(explainFault(error)).toMatch(/DATA_DIR/);
    await rm(folder, { recursive: true });
  });

  it("says nothing of what only a developer can mend", () => {
    expect(explainFault(new TypeError("undefined is not a function"))).toBeNull();
  });
});
