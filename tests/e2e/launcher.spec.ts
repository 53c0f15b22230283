import { createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { freePort } from "../support/app-process";
import { openPlace, runToEnd, signalGroup } from "../support/launched-app";

/** The production build as `npm start` runs it, seen from a terminal: no browser, an empty environment. */
const START = ["npm", "start"];
const BUNDLE = ["node", ".next/launcher/serve.mjs"];

type Place = Awaited<ReturnType<typeof openPlace>>;

let place: Place;

test.describe.configure({ timeout: 300_000 });

test.beforeEach(async () => {
  place = await openPlace();
});

test.afterEach(async () => {
  await place.remove();
});

/** Everything that was started is gone, and PostgreSQL was not cut off. */
async function expectNothingLeft() {
  await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);
  expect((await place.postgresLog()).trimEnd()).toMatch(/database system is shut down$/);
}

test("a first start makes its database, prints the first owner's link, and leaves nothing at Ctrl-C", async () => {
  const app = place.start(START);
  await expect.poll(app.output, { timeout: 120_000 }).toContain("/setup?token=");
  const [link = ""] = /http:\S+\/setup\?token=[\w-]+/.exec(app.output()) ?? [];
  expect(link).toContain(`http://127.0.0.1:${place.port}/`);
  expect((await fetch(link)).status).toBe(200);
  expect(app.output()).not.toContain("carillon-demo");
  expect(app.output()).not.toContain("/simulator");
  signalGroup(app, "SIGINT");
  signalGroup(app, "SIGINT");
  await app.ended;
  await expectNothingLeft();
  const again = place.start(BUNDLE);
  await expect.poll(again.output, { timeout: 120_000 }).toContain("/setup?token=");
  again.child.kill("SIGTERM");
  expect(await again.ended).toBe(0);
  await expectNothingLeft();
  expect(await place.postgresLog()).not.toContain("not properly shut down");
});

test("commands answer while the app is stopped and while it runs, with the result alone on stdout", async () => {
  const cli = (...words: string[]) => runToEnd(["npm", "run", "-s", ...words], place.env);
  const made = await cli("workspace", "--", "create", "acme", "--name", "Acme");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(await place.processes()).toEqual([]);
  const app = place.start([...BUNDLE]);
  await expect.poll(app.output, { timeout: 120_000 }).toContain("is ready on");
  const ada = ["--email", "ada@example.org", "--name", "Ada", "--role", "owner"];
  const created = await cli("user", "--", "create", ...ada);
  expect(created.stdout).toMatch(/^ada@example\.org .*http:\S+\n$/);
  const reset = await cli("user", "--", "reset", "ada@example.org");
  expect(reset.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+\n$/);
  const phone = await cli("user", "--", "set-phone", "ada@example.org", "+33199001122");
  expect(phone.stdout).toContain("+33199001122");
  expect((await cli("user", "--", "list")).stdout).toMatch(/^ada@example\.org\towner\tactive\t/);
  const { stdout: key } = await cli("api-key", "--", "--workspace", "acme", "--role", "admin");
  expect(key).toMatch(/^\S+\n$/);
  const answer = await fetch(`http://127.0.0.1:${place.port}/api/v1/users`, {
    headers: { authorization: `Bearer ${key.trim()}` },
  });
  expect(answer.status).toBe(200);
  const unknown = await cli("user", "--", "reset", "nobody@example.org");
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toMatch(/^No account with nobody@example\.org[^\n]*\n$/);
  app.child.kill("SIGTERM");
  await app.ended;
  await expectNothingLeft();
});

test("a launcher killed hard leaves a server that the next start takes over and ends", async () => {
  const killed = place.start(BUNDLE);
  await expect.poll(killed.output, { timeout: 120_000 }).toContain("is ready on");
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect((await place.processes()).length).toBeGreaterThan(0);
  const next = place.start(BUNDLE);
  await expect.poll(next.output, { timeout: 120_000 }).toContain("is ready on");
  next.child.kill("SIGINT");
  expect(await next.ended).toBe(0);
  await expectNothingLeft();
});

test("two launchers share one data folder, and the last one out stops the database", async () => {
  const second = await freePort();
  const one = place.start(BUNDLE, { DEMO: "true" });
  const two = place.start(BUNDLE, { DEMO: "true", PORT: String(second) });
  for (const app of [one, two]) {
    await expect.poll(app.output, { timeout: 120_000 }).toContain("is ready on");
  }
  one.child.kill("SIGTERM");
  expect(await one.ended).toBe(0);
  const page = await fetch(`http://127.0.0.1:${second}/api/health`);
  expect(page.status).toBe(200);
  two.child.kill("SIGTERM");
  expect(await two.ended).toBe(0);
  await expectNothingLeft();
});

test("npm that is killed hard takes the app with it", async () => {
  const app = place.start(START);
  await expect.poll(app.output, { timeout: 120_000 }).toContain("is ready on");
  app.child.kill("SIGKILL");
  await expectNothingLeft();
});

test("a start that is broken off leaves nothing", async () => {
  const app = place.start(BUNDLE);
  await expect.poll(app.output, { timeout: 120_000 }).toContain("generated ones are used");
  app.child.kill("SIGTERM");
  await app.ended;
  expect(app.output()).not.toContain("is ready on");
  await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);
});

test("a taken port is one line", async () => {
  const squatter = createServer().listen(place.port, "127.0.0.1");
  const { code, stderr } = await runToEnd(BUNDLE, place.env);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^PORT: ${place.port} is taken[^\\n]*\\n$`));
  squatter.close();
});

const PUBLIC = { HOST: "0.0.0.0", APP_URL: "https://sms.example.org" };
const SECRETS = { AUTH_SECRET: "s".repeat(40), ENCRYPTION_KEY: "00".repeat(32) };

const REFUSED: [string, Record<string, string>, RegExp][] = [
  ["generated secrets", PUBLIC, /^AUTH_SECRET and ENCRYPTION_KEY: /],
  ["the demo", { ...PUBLIC, ...SECRETS, DEMO: "true" }, /^DEMO: /],
  ["a public address without its name", { HOST: "0.0.0.0", ...SECRETS }, /^APP_URL: /],
  ["a wrong key", { ENCRYPTION_KEY: "short" }, /^ENCRYPTION_KEY: /],
  ["a database that is no database", { DATABASE_URL: "mysql://x/y" }, /^DATABASE_URL: /],
  [
    "a host that is not ours",
    { HOST: "192.0.2.1", APP_URL: "http://127.0.0.1", ...SECRETS },
    /^HOST: /,
  ],
  ["a folder that is a file", { DATA_DIR: "package.json" }, /package\.json.*DATA_DIR/],
];

for (const [what, env, line] of REFUSED) {
  test(`${what}: refused in one line`, async () => {
    const { code, stderr } = await runToEnd(BUNDLE, { ...place.env, ...env });
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
}
