import { describe, expect, it } from "vitest";
import { isLoopback, readOptions } from "./options";

const secrets = { AUTH_SECRET: "a".repeat(32), ENCRYPTION_KEY: "00".repeat(32) };
const publicUrl = { APP_URL: "https://sms.example.org" };

describe("what the launcher is asked to do", () => {
  it("needs nothing: demo, own engine and loopback in development", () => {
    expect(readOptions(["--dev"], {})).toMatchObject({
      isDevelopment: true,
      isDemo: true,
      hasOwnEngine: true,
      appUrl: "http://127.0.0.1:3000",
      timeScale: 1,
    });
  });

  it("has no demo in production unless DEMO says so", () => {
    expect(readOptions([], {}).isDemo).toBe(false);
    expect(readOptions([], { DEMO: "true" }).isDemo).toBe(true);
  });

  it("reaches itself on loopback when it listens everywhere", () => {
    const options = readOptions([], { HOST: "0.0.0.0", PORT: "8080", ...publicUrl, ...secrets });
    expect(options.ownOrigin).toBe("http://127.0.0.1:8080");
    expect(options.appUrl).toBe("https://sms.example.org");
  });

  it.each([
    [{ INNGEST_DEV: "1" }],
    [{ INNGEST_BASE_URL: "http://inngest:8288" }],
    [{ INNGEST_SIGNING_KEY: "signkey-prod-00" }],
    [{ ROLE: "web" }],
  ])("starts no engine of its own with %j", (source) => {
    expect(readOptions([], source).hasOwnEngine).toBe(false);
  });

  it("keeps its engine where INNGEST_DEV is off", () => {
    expect(readOptions([], { INNGEST_DEV: "0" }).hasOwnEngine).toBe(true);
  });
});

describe("what must not be public", () => {
  it.each([
    ["the demo", { ...publicUrl, ...secrets, DEMO: "true" }, "--public-demo"],
    ["generated secrets", publicUrl, "AUTH_SECRET and ENCRYPTION_KEY"],
    ["one generated secret", { ...publicUrl, AUTH_SECRET: secrets.AUTH_SECRET }, "ENCRYPTION_KEY"],
    ["a wide HOST without APP_URL", { HOST: "0.0.0.0", ...secrets }, "APP_URL"],
    ["a wide HOST", { HOST: "0.0.0.0", APP_URL: "http://127.0.0.1:3000" }, "AUTH_SECRET"],
  ])("refuses %s", (_what, source, named) => {
    expect(() => readOptions([], source)).toThrow(named);
  });

  it("allows both when asked for by name", () => {
    const args = ["--public-demo", "--generated-secrets"];
    expect(readOptions(args, { ...publicUrl, DEMO: "true" }).isDemo).toBe(true);
  });

  it("has no demo by default in public development", () => {
    expect(readOptions(["--dev"], { ...publicUrl, ...secrets }).isDemo).toBe(false);
  });

  it("refuses scaled time", () => {
    const source = { ...publicUrl, ...secrets };
    expect(() => readOptions(["--time-scale", "10"], source)).toThrow("--time-scale");
    expect(readOptions(["--time-scale", "10"], {}).timeScale).toBe(10);
  });

  it("refuses a clock of its own", () => {
    const source = { ...publicUrl, ...secrets };
    const flags = ["--test-clock", "2026-11-20T09:00:00Z"];
    expect(() => readOptions(flags, source)).toThrow("--test-clock");
    expect(readOptions(flags, {}).testClock).toEqual(new Date("2026-11-20T09:00:00Z"));
    expect(readOptions([], {}).testClock).toBeNull();
    for (const wrong of ["tomorrow", "2026-11-20", "2026-13-20T09:00:00Z"]) {
      expect(() => readOptions(["--test-clock", wrong], {})).toThrow("--test-clock: must be");
    }
  });

  it.each(["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])("%s is loopback", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org"])(
    "%s is not loopback",
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe("wrong values", () => {
  it.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["APP_URL", "sms.example.org"],
    ["DATABASE_URL", "mysql://x"],
    ["DEMO", "perhaps"],
    ["LOG_LEVEL", "loud"],
    ["ROLE", "boss"],
    ["SCHEDULER_INTERVAL_SECONDS", "0"],
    ["AUTH_SECRET", "short"],
    ["ENCRYPTION_KEY", "not 32 bytes"],
    ["ENCRYPTION_KEY", `${"00".repeat(32)},short`],
    ["INNGEST_DEV", "perhaps"],
    ["INNGEST_BASE_URL", "inngest"],
    ["SMS_PROVIDER", "pigeon"],
    ["TWILIO_API_URL", "api.example.org"],
    ["TWILIO_PHONE_NUMBER", "01 99 00 10 01"],
    ["TWILIO_WHATSAPP_NUMBER", "whatsapp"],
    ["TWILIO_ACCOUNT_SID", "123"],
    ["TWILIO_AUTH_TOKEN", "token without its account"],
  ])("%s=%s stops the start with one line that names a variable", (name, value) => {
    expect(() => readOptions([], { [name]: value })).toThrow(/^[A-Z_]+: [^\n]+$/);
    const named = name === "TWILIO_AUTH_TOKEN" ? "TWILIO_ACCOUNT_SID" : name;
    expect(() => readOptions([], { [name]: value })).toThrow(named);
  });

  it("treats an empty variable as unset, as compose files pass it", () => {
    expect(readOptions([], { PORT: "", DATABASE_URL: "" }).env.PORT).toBe(3000);
  });

  it("refuses an unknown flag", () => {
    expect(() => readOptions(["--fast"], {})).toThrow("--fast");
  });
});
