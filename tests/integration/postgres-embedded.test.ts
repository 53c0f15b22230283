import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { prepareBinaries } from "../../lib/embedded/postgres/binaries";
import { openHome } from "../../lib/embedded/postgres/home";
import { PostgresProblem } from "../../lib/embedded/postgres/problem";
import { findOrStartServer } from "../../lib/embedded/postgres/server";
import { ask, isAlive, openServerFolder, orphanServer } from "../support/embedded-postgres";

type Folder = Awaited<ReturnType<typeof openServerFolder>>;

/** Making a data directory is most of the work: all tests of this file start servers on one. */
let folder: Folder;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(async () => {
  folder = await openServerFolder();
  await folder.start();
});

afterEach(() => folder.stopAll());

afterAll(() => folder.remove());

describe("the embedded PostgreSQL", () => {
  it("lets nobody in without the password, which only its owner can read", async () => {
    const server = await folder.start();
    const path = await folder.path("password");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(server.url).toContain(readFileSync(path, "utf8"));
    const wrong = new URL(server.url);
    wrong.password = "wrong";
    await expect(ask(wrong.toString(), "select 1")).rejects.toMatchObject({ code: "28P01" });
    const rules =
      "select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'";
    expect(await ask(server.url, rules)).toBe(0);
    expect(await ask(server.url, "show listen_addresses")).toBe("127.0.0.1");
  });

  it("is one server for two who start it at once", async () => {
    const [one, two] = await Promise.all([folder.start(), folder.start()]);
    expect(one.pid()).toBe(two.pid());
    expect([one.wasRunning, two.wasRunning].sort()).toEqual([false, true]);
  });

  it("starts on what a crash of the machine left of its lock file", async () => {
    const first = await folder.start();
    await first.stop();
    const lock = await folder.path("data/postmaster.pid");
    writeFileSync(lock, "");
    utimesSync(lock, new Date(0), new Date(0));
    expect((await folder.start()).wasRunning).toBe(false);
  });

  it("stops in good order: the next start recovers nothing", async () => {
    const first = await folder.start();
    await ask(first.url, "create table kept as select 7 as n");
    await first.stop();
    expect(isAlive(first.pid())).toBe(false);
    const second = await folder.start();
    expect(second.wasRunning).toBe(false);
    expect(await ask(second.url, "select n from kept")).toBe(7);
    const log = readFileSync(await folder.path("postgres.log"), "utf8");
    expect(log).toContain("database system was shut down at");
    expect(log).not.toContain("not properly shut down");
  });

  it("begins a new log when the last has grown long, and keeps that one", async () => {
    await (await folder.start()).stop();
    const file = await folder.path("postgres.log");
    appendFileSync(file, "x".repeat(1024 * 1024));
    await (await folder.start()).stop();
    expect(readFileSync(file, "utf8")).toContain("database system is shut down");
    expect(readFileSync(file, "utf8")).not.toContain("xxx");
    expect(readFileSync(`${file}.1`, "utf8")).toContain("xxx");
  });

  it("stays while another process of ours is connected", async () => {
    const server = await folder.start();
    const other = new URL(server.url);
    other.searchParams.set("application_name", "carillon:1");
    const held = ask(other.toString(), "select pg_sleep(600)").catch(() => undefined);
    const isThere =
      "select count(*)::int from pg_stat_activity where application_name = 'carillon:1'";
    await vi.waitUntil(async () => (await ask(server.url, isThere)) === 1, { timeout: 60_000 });
    await server.stop();
    expect(isAlive(server.pid())).toBe(true);
    await ask(
      server.url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'carillon:1'",
    );
    await held;
  });
});

describe("what a killed process left", () => {
  it("a server without its launcher is found again, and stopped with the next one", async () => {
    const pid = await orphanServer(folder.folder);
    expect(isAlive(pid)).toBe(true);
    const server = await folder.start();
    expect(server.wasRunning).toBe(true);
    expect(server.pid()).toBe(pid);
    await server.stop();
    await vi.waitUntil(() => !isAlive(pid));
  });

  it("a pid file of a number that is a stranger's by now does not keep it from starting", async () => {
    const first = await folder.start();
    const pidFile = await folder.path("data/postmaster.pid");
    const text = readFileSync(pidFile, "utf8");
    await first.stop();
    writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)));
    const second = await folder.start();
    expect(second.wasRunning).toBe(false);
    expect(await ask(second.url, "select 1")).toBe(1);
  });

  it("a server that only claims to be ours is not attached to", async () => {
    const other = await openServerFolder();
    const stranger = await other.start();
    const first = await folder.start();
    const pidFile = await folder.path("data/postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    await first.stop();
    const data = await folder.path("data");
    const impostor = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)", data]);
    await once(impostor, "spawn");
    lines[0] = String(impostor.pid);
    lines[3] = String(stranger.port);
    writeFileSync(pidFile, lines.join("\n"));
    try {
      // The same password opens the stranger, so its directory alone tells them apart.
      const { password } = new URL(first.url);
      await ask(stranger.url, `alter role carillon password '${password}'`);
      await expect(folder.start()).rejects.toThrow(`is not the one of ${data}`);
    } finally {
      impostor.kill("SIGKILL");
      await rm(pidFile);
      writeFileSync(await other.path("password"), new URL(first.url).password);
      await other.remove();
    }
  });

  it("a killed server comes back on the port that our connections know", async () => {
    const server = await folder.start();
    const before = server.pid();
    process.kill(before, "SIGKILL");
    await vi.waitUntil(() => server.pid() !== before, { timeout: 60_000 });
    expect(await ask(server.url, "select 1")).toBe(1);
  });

  it("and waits for that port while a stranger has it", async () => {
    const { port, stop } = await folder.start();
    await stop();
    const squatter = createServer();
    squatter.listen(port, "127.0.0.1");
    await once(squatter, "listening");
    const home = await openHome(folder.folder);
    const binaries = await prepareBinaries(home);
    const password = readFileSync(home.passwordFile, "utf8");
    const options = { home, binaries, password, port, isDurable: false };
    const said = readFileSync(home.logFile, "utf8").length;
    const starting = findOrStartServer(options);
    const isRefused = () =>
      readFileSync(home.logFile, "utf8").slice(said).includes("already in use");
    await vi.waitUntil(isRefused, { timeout: 60_000 });
    squatter.close();
    expect((await starting).port).toBe(port);
    expect((await folder.start()).port).toBe(port);
  });
});

describe("data that cannot be opened", () => {
  it("of another major version is refused, and left as it is", async () => {
    const first = await folder.start();
    await first.stop();
    const version = await folder.path("data/PG_VERSION");
    const ours = readFileSync(version, "utf8");
    writeFileSync(version, "14\n");
    await expect(folder.start()).rejects.toThrow(/was written by PostgreSQL 14/);
    writeFileSync(version, ours);
    expect((await folder.start()).wasRunning).toBe(false);
  });

  it("whose password is lost is refused, and left as it is", async () => {
    const first = await folder.start();
    await first.stop();
    const path = await folder.path("password");
    const password = readFileSync(path, "utf8");
    await rm(path);
    await expect(folder.start()).rejects.toThrow(PostgresProblem);
    writeFileSync(path, password);
    expect(await ask((await folder.start()).url, "select 1")).toBe(1);
  });
});
