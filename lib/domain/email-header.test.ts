import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMail, cleanHeaders, formatMailbox, oneLine } from "./email-header";

const ADDRESS = "hello@example.com";

describe("formatMailbox", () => {
  it("shows the name beside the address, quoted where it must be", () => {
    expect(formatMailbox(null, ADDRESS)).toBe(ADDRESS);
    expect(formatMailbox("  ", ADDRESS)).toBe(ADDRESS);
    expect(formatMailbox("Carillon", ADDRESS)).toBe("Carillon <hello@example.com>");
    expect(formatMailbox("Été à 日本", ADDRESS)).toBe("Été à 日本 <hello@example.com>");
    expect(formatMailbox("Acme, Inc.", ADDRESS)).toBe('"Acme, Inc." <hello@example.com>');
    expect(formatMailbox('a "b" \\c', ADDRESS)).toBe('"a \\"b\\" \\\\c" <hello@example.com>');
  });

  it("no name begins another line or another address", () => {
    const hostile = "x\r\nBcc: thief@example.com\u2028y <other@example.com>,";
    expect(formatMailbox(hostile, ADDRESS)).toBe(
      '"x Bcc: thief@example.com y <other@example.com>," <hello@example.com>',
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const text = formatMailbox(name, ADDRESS);
        expect(text).not.toMatch(/[\r\n\0]/);
        const outside = text.replace(/"(\\.|[^"\\])*"/g, "");
        expect(outside.match(/[<>,@]/g)?.join("")).toMatch(/^(<@>|@)$/);
      }),
    );
  });
});

it("a header's text is one line", () => {
  expect(oneLine(" a\r\n\tb\0c ")).toBe("a b c");
  expect(cleanHeaders({ "X-A": "1\nX-B: 2" })).toEqual({ "X-A": "1 X-B: 2" });
});

describe("checkMail", () => {
  const mail = { from: ADDRESS, to: "a@example.org", headers: {} };

  it("lets ordinary mails pass", () => {
    expect(checkMail(mail)).toBeNull();
    const headers = { "List-Unsubscribe": "<https://a.test/u>", "Reply-To": "b@example.org" };
    expect(checkMail({ ...mail, headers })).toBeNull();
  });

  it.each(["", "a", "a@example.org, b@example.org", "a@example.org\r\nDATA", "<a@example.org>"])(
    "%j is nobody's address",
    (to) => {
      const fault = { fault: "permanent", code: "email_recipient" };
      expect(checkMail({ ...mail, to })).toMatchObject(fault);
    },
  );

  it("a sender's address that is none is the sender's fault", () => {
    const fault = { fault: "configuration", code: "email_sender" };
    expect(checkMail({ ...mail, from: "a@b\r\nMAIL" })).toMatchObject(fault);
  });

  it.each(["Bcc", "to", "Message-ID", "Content-Type", "X-A\r\nBcc", "X A", ""])(
    "the header %j is not for others to set",
    (name) => {
      const fault = { fault: "permanent", code: "email_refused" };
      expect(checkMail({ ...mail, headers: { [name]: "x" } })).toMatchObject(fault);
    },
  );
});
