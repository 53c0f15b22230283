import { describe, expect, it } from "vitest";
import {
  checkSmtp,
  isSmtpHost,
  readSmtpOrigin,
  type SmtpServer,
  smtpOrigin,
  smtpSid,
  smtpUser,
} from "./smtp-server";

describe("the address of a mail server", () => {
  it.each<[string, SmtpServer]>([
    ["smtps://smtp.example.com:465", { host: "smtp.example.com", port: 465, security: "tls" }],
    ["smtp://smtp.example.com:587", { host: "smtp.example.com", port: 587, security: "starttls" }],
    ["smtp://relay:25?tls=none", { host: "relay", port: 25, security: "none" }],
    ["smtp://192.0.2.7:2525", { host: "192.0.2.7", port: 2525, security: "starttls" }],
    ["smtps://[2001:db8::7]:465", { host: "2001:db8::7", port: 465, security: "tls" }],
  ])("%s is read as it was written", (origin, server) => {
    expect(smtpOrigin(server)).toBe(origin);
    expect(readSmtpOrigin(origin)).toEqual(server);
  });

  it("knows the usual ports and writes names in small letters", () => {
    expect(readSmtpOrigin("smtps://a.test")?.port).toBe(465);
    expect(readSmtpOrigin("smtp://a.test")?.port).toBe(587);
    const server = { host: "SMTP.Example.com", port: 465, security: "tls" } as const;
    expect(smtpOrigin(server)).toBe("smtps://smtp.example.com:465");
  });

  it.each([null, "", "https://a.test", "smtp://", "smtp://a b:25", "smtp://a.test:0", "a.test:25"])(
    "%j names no mail server",
    (origin) => {
      expect(readSmtpOrigin(origin)).toBeNull();
    },
  );
});

it("who logs in may have an @ of their own, or be nobody", () => {
  expect(smtpSid("me@example.com", "SMTP.example.com")).toBe("me@example.com@smtp.example.com");
  expect(smtpUser("me@example.com@smtp.example.com")).toBe("me@example.com");
  expect(smtpUser(smtpSid("", "relay"))).toBe("");
  expect(smtpUser("relay")).toBe("");
});

describe("checkSmtp", () => {
  const good = {
    host: "smtp.example.com",
    port: 587,
    security: "starttls",
    user: "me@example.com",
  };

  it("takes what is right", () => {
    expect(checkSmtp(good)).toEqual([]);
    expect(checkSmtp({ ...good, host: "2001:db8::7", user: "" })).toEqual([]);
  });

  it("names every field that is wrong", () => {
    const faults = checkSmtp({ host: "smtp://x", port: 0, security: "ssl", user: "a\r\nb" });
    expect(faults.map(({ path }) => path)).toEqual([
      "smtp.host",
      "smtp.port",
      "smtp.security",
      "accountId",
    ]);
    expect(faults.map(({ code }) => code)).toEqual([
      "smtp_host",
      "smtp_port",
      "smtp_security",
      "smtp_user",
    ]);
  });

  it.each(["", "a b", "-a", "a..b", "a.test:25", "[::1]", "user@a.test", "a/b", "é.test"])(
    "%j is no host",
    (host) => {
      expect(isSmtpHost(host)).toBe(false);
    },
  );

  it.each([65_536, -1, 1.5, Number.NaN])("%d is no port", (port) => {
    expect(checkSmtp({ ...good, port })).toMatchObject([{ code: "smtp_port" }]);
  });
});
