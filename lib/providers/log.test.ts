import { spawnSync } from "node:child_process";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { createLog } from "./log";

/** What a log writes, line by line. */
function recorded() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLog({ level: "info", isPretty: false, destination }) };
}

const PRIVATE = "Bonjour\n    at noon, code 4711";
const SQL = "insert into messages (body, to_address) values ($1, $2)";

function failedQuery() {
  const cause = Object.assign(new Error("duplicate key value"), {
    code: "23505",
    detail: `Key (body)=(${PRIVATE}) already exists.`,
  });
  return new DrizzleQueryError(SQL, [PRIVATE, "+33612345678"], cause);
}

describe("R236 structured logs", () => {
  it("are one JSON object a line, with level, time and fields", () => {
    const { lines, log } = recorded();
    log.info({ channel: "sms", messageId: "m" }, "[SMS] sent");
    log.debug({}, "not at info");
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? "");
    expect(line).toMatchObject({ level: "info", msg: "[SMS] sent", channel: "sms" });
    expect(new Date(line.time).toISOString()).toBe(line.time);
    expect(Math.abs(Date.parse(line.time) - Date.now())).toBeLessThan(60_000);
  });

  it("R122 hold no secret, one level down neither", () => {
    const { lines, log } = recorded();
    for (const name of ["password", "token", "authToken", "apiKey", "secret", "authorization"]) {
      log.error({ [name]: "s3cret", account: { [name]: "s3cret" } }, "x");
    }
    expect(lines).toHaveLength(6);
    expect(lines.join()).not.toContain("s3cret");
    expect(lines[0]).toContain('"password":"[hidden]","account":{"password":"[hidden]"}');
  });

  it("leave the caller's own fields as they are", () => {
    const { log } = recorded();
    const fields = { token: "s3cret", account: { token: "s3cret", name: "a" } };
    log.info(fields, "x");
    expect(fields).toEqual({ token: "s3cret", account: { token: "s3cret", name: "a" } });
  });

  it("are all written, in order, when the process ends at once", () => {
    const script = `
      import { createLog } from "./lib/providers/log.ts";
      const log = createLog({ level: "info", isPretty: false });
      for (let n = 0; n < 3000; n += 1) log.info({ n }, "a line of some length •");
      process.exit(0);`;
    const node = ["--import", "tsx", "--input-type=module", "-e", script];
    const { stdout } = spawnSync(process.execPath, node, { encoding: "utf8" });
    const numbers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).n);
    expect(numbers).toEqual(Array.from({ length: 3000 }, (_, n) => n));
  });

  it("tell of a failed query what failed and why, not what was in it", () => {
    const { lines, log } = recorded();
    const error = failedQuery();
    log.error({ error }, "a");
    log.error({ err: error }, "b");
    log.error({ error: String(error) }, "c");
    log.error({ error: error.stack }, "d");
    log.error({ error: new Error("wrapped", { cause: error }) }, "e");
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).toContain("insert into messages");
      expect(line).not.toMatch(/Bonjour|4711|612345678/);
    }
    expect(JSON.parse(lines[0] ?? "").error).toMatchObject({
      type: "Error",
      stack: expect.stringContaining("\n    at "),
      cause: { code: "23505", message: "duplicate key value" },
    });
  });
});
