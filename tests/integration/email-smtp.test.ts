import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import type { EmailRequest } from "../../lib/ports/email";
import { createSmtpProvider } from "../../lib/providers/email/smtp";
import type { CheckHost } from "../../lib/providers/email/smtp-connect";
import { hostileMail, mail } from "../support/mail";
import {
  CERTIFICATE,
  exceptAt,
  mailAccount,
  openMailServer,
  openScriptedServer,
  refusingAt,
  type Script,
} from "../support/mail-server";

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

async function open(options: SMTPServerOptions = {}) {
  const server = await openMailServer(options);
  closes.push(server.close);
  return server;
}

async function openScript(script: Script) {
  const server = await openScriptedServer(script);
  closes.push(server.close);
  return server;
}

const here: CheckHost = async () => ({ ok: true, addresses: ["127.0.0.1"] });
const smtp = createSmtpProvider({ checkHost: here });
/** For what hangs: all that is asked of the clock is that it runs out. */
const hasty = createSmtpProvider({ checkHost: here, createTimeoutMs: 300 });

const anonymous = { user: "" };

describe("a mail server", () => {
  it("R202 takes a mail whole, from the user who logs in, and it is the last word", async () => {
    const server = await open();
    const outcome = await smtp.send(mailAccount(server.port), mail);
    const providerId = "0199aaaa@example.com";
    expect(outcome).toEqual({ kind: "accepted", providerId, segments: null, isLastWord: true });
    const [received] = server.received;
    expect(received).toMatchObject({ from: mail.from, to: [mail.to], user: "me@example.com" });
    expect(received?.raw).toContain(`Message-ID: <${providerId}>\r\n`);
    expect(received?.raw).toContain("List-Unsubscribe: <https://carillon.test/u>\r\n");
    expect(received?.raw).toContain("multipart/alternative");
    expect(received?.raw).toMatch(/^From: =\?UTF-8\?[BQ]\?.+\?= <hello@example\.com>\r\n/m);
    expect(received?.raw).toContain("Elle est pr=C3=AAte.\r\n.\r\n=C3=80 bient=C3=B4t");
  });

  it("R412 is not used with a wrong password", async () => {
    const server = await open();
    const account = mailAccount(server.port, { password: "wrong" });
    const fault = { kind: "rejected", fault: "configuration", code: "email_login" };
    expect(await smtp.send(account, mail)).toMatchObject(fault);
    const test = await smtp.testConnection(account, mail.from);
    expect(test).toMatchObject({ ok: false, fault: "credentials" });
    expect(server.received).toEqual([]);
  });

  it("R104 is tested without a mail, and cannot be asked afterwards", async () => {
    const server = await open();
    const account = mailAccount(server.port);
    expect(await smtp.testConnection(account, mail.from)).toMatchObject({
      ok: true,
      senders: null,
    });
    expect(server.seen.logins).toBe(1);
    expect(server.received).toEqual([]);
    expect(await smtp.fetchReport(account, "x")).toMatchObject({ ok: false });
  });

  it.each([
    ["MAIL", "553 5.7.1 Not yours", { fault: "configuration", code: "email_sender" }],
    ["RCPT", "550 5.1.1 No such user", { fault: "permanent", code: "email_recipient" }],
    ["RCPT", "554 5.7.1 Relay access denied", { fault: "configuration", code: "email_login" }],
    ["RCPT", "451 4.7.1 Greylisted", { kind: "retry", isThrottle: false, code: "email_later" }],
    ["MAIL", "450 4.7.1 Rate limit exceeded", { kind: "retry", isThrottle: true }],
    ["DATA", "554 5.7.1 Spam", { fault: "permanent", code: "email_refused" }],
    ["DATA", "452 4.3.1 Full", { kind: "retry", isThrottle: false }],
    ["connect", "554 No service", { kind: "unreachable" }],
  ] as const)("that says to %s “%s” is understood", async (command, reply, expected) => {
    const server = await open(refusingAt(command, reply));
    expect(await smtp.send(mailAccount(server.port), mail)).toMatchObject(expected);
  });

  it("that takes no mails of that size is not given any", async () => {
    const server = await open({ size: 100 });
    const outcome = await smtp.send(mailAccount(server.port), mail);
    expect(outcome).toMatchObject({ fault: "permanent", code: "email_refused" });
  });

  it.each([
    [".", "tear"],
    [".", "keep still"],
    ["Subject", "tear"],
  ] as const)("that comes to %s of the content and will %s may have sent it", async (line, end) => {
    const server = await openScript(exceptAt(line, end));
    const outcome = await hasty.send(mailAccount(server.port, anonymous), mail);
    expect(outcome.kind).toBe("unknown");
    // Given up is given up: the mail cannot leave later.
    await server.ended;
  });

  it.each(["connect", "EHLO", "MAIL", "RCPT", "DATA"])(
    "that is lost at %s has certainly not sent it",
    async (command) => {
      for (const end of ["tear", "keep still"] as const) {
        const server = await openScript(exceptAt(command, end));
        const outcome = await hasty.send(mailAccount(server.port, anonymous), mail);
        expect(outcome.kind, end).toBe("unreachable");
        await server.ended;
      }
    },
  );

  it("that is not there has certainly not sent it", async () => {
    const server = await openMailServer();
    await server.close();
    const account = mailAccount(server.port);
    expect((await smtp.send(account, mail)).kind).toBe("unreachable");
    const test = await smtp.testConnection(account, null);
    expect(test).toMatchObject({ ok: false, fault: "unreachable" });
  });
});

describe("TLS", () => {
  const trusting = createSmtpProvider({ checkHost: here, certificates: [CERTIFICATE] });

  it.each([
    ["starttls", {}],
    ["tls", { secure: true }],
  ] as const)(
    "by %s carries the mail where the certificate is trusted",
    async (security, options) => {
      const server = await open({ ...options, allowInsecureAuth: false });
      const outcome = await trusting.send(mailAccount(server.port, { security }), mail);
      expect(outcome.kind).toBe("accepted");
      expect(server.received).toMatchObject([{ isSecure: true, user: "me@example.com" }]);
    },
  );

  it.each([
    ["starttls", {}],
    ["tls", { secure: true }],
  ] as const)(
    "by %s with a certificate that nobody vouches for carries nothing",
    async (security, options) => {
      const server = await open(options);
      const outcome = await smtp.send(mailAccount(server.port, { security }), mail);
      expect(outcome).toMatchObject({
        kind: "unreachable",
        reason: expect.stringMatching(/self.signed/),
      });
      expect(server.seen.logins).toBe(0);
      expect(server.received).toEqual([]);
    },
  );

  it("with another host's certificate carries nothing", async () => {
    const server = await open();
    const apiOrigin = `smtp://other.carillon.test:${server.port}`;
    const account = { ...mailAccount(server.port), apiOrigin };
    expect((await trusting.send(account, mail)).kind).toBe("unreachable");
    expect(server.received).toEqual([]);
  });

  it("that a server does not offer is not gone without", async () => {
    const server = await open({ disabledCommands: ["STARTTLS"] });
    const account = mailAccount(server.port, { security: "starttls" });
    expect((await trusting.send(account, mail)).kind).toBe("unreachable");
    expect(server.seen.logins).toBe(0);
    expect(server.received).toEqual([]);
  });
});

describe("what a mail says", () => {
  it("cannot begin a header, a recipient or a command", async () => {
    const server = await open();
    expect((await smtp.send(mailAccount(server.port), hostileMail)).kind).toBe("accepted");
    expect(server.received).toHaveLength(1);
    const [received] = server.received;
    expect(received).toMatchObject({ from: mail.from, to: [mail.to] });
    const head = received?.raw.split("\r\n\r\n")[0] ?? "";
    const names = head.split(/\r\n(?=\S)/).map((line) => line.split(":")[0]);
    expect(names.sort()).toEqual([
      "Content-Transfer-Encoding",
      "Content-Type",
      "Date",
      "From",
      "MIME-Version",
      "Message-ID",
      "Subject",
      "To",
      "X-Note",
    ]);
  });

  it("goes to nobody by an address or a header that is none", async () => {
    const server = await open();
    const send = (values: Partial<EmailRequest>) =>
      smtp.send(mailAccount(server.port), { ...mail, ...values });
    const to = "a@example.org>\r\nRCPT TO:<b@example.org";
    expect(await send({ to })).toMatchObject({ fault: "permanent", code: "email_recipient" });
    expect(await send({ from: "x" })).toMatchObject({ code: "email_sender" });
    expect(await send({ headers: { Bcc: mail.to } })).toMatchObject({ code: "email_refused" });
    expect(server.seen.connections).toBe(0);
  });
});
