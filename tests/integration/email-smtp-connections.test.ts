import { afterEach, describe, expect, it } from "vitest";
import { createSmtpProvider } from "../../lib/providers/email/smtp";
import { mail } from "../support/mail";
import { mailAccount, openMailServer } from "../support/mail-server";

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

async function open() {
  const server = await openMailServer();
  closes.push(server.close);
  return server;
}

const smtp = createSmtpProvider({
  checkHost: async () => ({ ok: true, addresses: ["127.0.0.1"] }),
});

describe("connections", () => {
  it("are few, and used again", async () => {
    const server = await open();
    const account = mailAccount(server.port);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => smtp.send(account, mail)));
    expect(outcomes.every(({ kind }) => kind === "accepted")).toBe(true);
    expect(server.received).toHaveLength(20);
    expect(server.seen.atOnce).toBeLessThanOrEqual(5);
    expect(server.seen.connections).toBeLessThanOrEqual(5);
  });

  it("that the server has ended meanwhile lose no mail", async () => {
    const server = await open();
    const account = mailAccount(server.port);
    for (let mails = 0; mails < 3; mails++) {
      expect((await smtp.send(account, mail)).kind).toBe("accepted");
      await server.hangUp();
    }
    expect(server.received).toHaveLength(3);
  });

  it("are others when the password has changed", async () => {
    const server = await open();
    expect((await smtp.send(mailAccount(server.port), mail)).kind).toBe("accepted");
    const changed = await smtp.send(mailAccount(server.port, { password: "old" }), mail);
    expect(changed).toMatchObject({ code: "email_login" });
    expect((await smtp.send(mailAccount(server.port), mail)).kind).toBe("accepted");
    expect(server.seen.logins).toBe(3);
  });
});

describe("a host that must not be reached", () => {
  it("is not, and stops the account; one that is not known now may be later", async () => {
    const server = await open();
    const account = mailAccount(server.port);
    const reason = "leads into a private network";
    const closed = createSmtpProvider({ checkHost: async () => ({ ok: false, reason }) });
    const fault = { kind: "rejected", fault: "configuration", code: "email_server" };
    expect(await closed.send(account, mail)).toMatchObject(fault);
    const test = await closed.testConnection(account, null);
    expect(test).toMatchObject({
      ok: false,
      message: `The mail server mail.carillon.test ${reason}`,
    });

    const unknown = async () => ({ ok: false, isFinal: false, reason }) as const;
    const waiting = createSmtpProvider({ checkHost: unknown });
    expect((await waiting.send(account, mail)).kind).toBe("unreachable");
    const silent = createSmtpProvider({
      checkHost: () => new Promise(() => {}),
      createTimeoutMs: 50,
    });
    expect((await silent.send(account, mail)).kind).toBe("unreachable");
    expect(await smtp.send({ ...account, apiOrigin: null }, mail)).toMatchObject(fault);
    expect(server.seen.connections).toBe(0);
  });
});
