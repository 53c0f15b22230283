import { describe, expect, it } from "vitest";
import { withFooter } from "./email-footer";

const unsubscribeUrl = "https://sms.example.org/unsubscribe/abc?x=1&y=2";

describe("the notice below an e-mail", () => {
  it("says in the reader's language that nobody reads replies, and how to receive no more", () => {
    const { text } = withFooter(
      { text: "Bonjour\n\n", html: null },
      { locale: "fr", unsubscribeUrl },
    );
    expect(text).toBe(
      `Bonjour\n\n-- \nCette adresse ne lit pas les réponses.\nSe désabonner: ${unsubscribeUrl}\n`,
    );
  });

  it("offers no way out of a mail about the account itself", () => {
    const mail = { text: "Hello", html: "<p>Hello</p>" };
    const { text, html } = withFooter(mail, { locale: "en", unsubscribeUrl: null });
    expect(text).toBe("Hello\n\n-- \nThis address does not read replies.\n");
    expect(html).toContain("This address does not read replies.</p>");
    expect(html).not.toContain("<a ");
  });

  it("stands inside the document, its link escaped", () => {
    const html = "<html><BODY><p>Hi</p></BODY></html>";
    const mail = withFooter({ text: "Hi", html }, { locale: "en", unsubscribeUrl });
    expect(mail.html).toMatch(/^<html><BODY><p>Hi<\/p><p .*<\/p><\/BODY><\/html>$/);
    expect(mail.html).toContain('href="https://sms.example.org/unsubscribe/abc?x=1&amp;y=2"');
  });

  it("follows a fragment that is no document", () => {
    const mail = withFooter(
      { text: "Hi", html: "<p>Hi</p>" },
      { locale: "en", unsubscribeUrl: null },
    );
    expect(mail.html).toMatch(/^<p>Hi<\/p><p /);
  });
});
