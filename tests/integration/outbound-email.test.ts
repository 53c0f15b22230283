import { beforeEach, describe, expect, it } from "vitest";
import { chooseSubscription, openSubscription } from "../../lib/contacts/unsubscribe";
import { askForReceipts } from "../../lib/outbound/ask-for-receipts";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { receiveEmailEvent } from "../../lib/outbound/receive-email-event";
import { reconcileUnconfirmed } from "../../lib/outbound/reconcile-unconfirmed";
import { retryMessage } from "../../lib/outbound/retry-message";
import { sealText } from "../../lib/outbound/sealed-text";
import { sendMessages } from "../../lib/outbound/send-messages";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { mail, openMailSender } from "../support/mail-sender";
import { findMessage, listEvents } from "../support/outbox";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const HOUR = 3_600_000;

let deps: TestDeps;
let mailer: Awaited<ReturnType<typeof openMailSender>>;
beforeEach(async () => {
  deps = testDeps(database);
  mailer = await openMailSender(deps);
});

const dispatch = () => dispatchAccount(deps, { accountId: mailer.account.id });
const row = (id: string) => findMessage(deps, id);
const UNKNOWN = { kind: "unknown", reason: "no answer", httpStatus: null } as const;
const REFUSED = {
  kind: "rejected",
  fault: "permanent",
  code: "email_refused",
  message: "no",
  httpStatus: 422,
} as const;

/** Time enough for an unconfirmed one to be looked at, then for its next try. */
async function lookAndSend(seconds: number) {
  deps.clock.advance(seconds * 1000);
  const report = await reconcileUnconfirmed(deps);
  deps.clock.advance(1800_000);
  await dispatch();
  return report;
}

describe("an e-mail through the outbox", () => {
  it("R201 R220 leaves with subject, text, HTML, the sender's name and a way to unsubscribe", async () => {
    const id = await mailer.store({ to: " Ada@Example.TEST " });
    await dispatch();
    const [sent] = deps.mailer.sent;
    expect(sent).toMatchObject({
      from: mailer.sender.sender,
      fromName: "La Bibliothèque",
      to: "ada@example.test",
      subject: "Votre livre",
      messageId: id,
      idempotencyKey: `message/${id}/1`,
    });
    expect(sent?.text).toMatch(/^Votre livre vous attend\.\n\n-- \nCette adresse ne lit pas/);
    expect(sent?.html).toContain("Cette adresse ne lit pas les réponses.");
    const url = /^<(https:\/\/carillon\.test\/api\/unsubscribe\/\S+)>$/;
    expect(sent?.headers["List-Unsubscribe"]).toMatch(url);
    expect(sent?.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(await row(id)).toMatchObject({ status: "accepted", providerId: "mail-1" });
    const said = deps.lines.map(({ message }) => message);
    expect(said).toContain("[EMAIL] e-mail sent successfully: mail-1");
    expect(said.join()).not.toContain("ada@example.test");
  });

  it("R220 is refused without a subject, to no address, with files, or without a sender", async () => {
    const code = async (values: Parameters<typeof mailer.send>[0]) => {
      const outcome = await mailer.send(values);
      return outcome.kind === "refused" ? outcome.refusal.code : "stored";
    };
    expect(await code({ email: { subject: "  ", html: null } })).toBe("subject_required");
    expect(await code({ email: null })).toBe("subject_required");
    expect(await code({ body: " " })).toBe("message_empty");
    expect(await code({ to: "ada@" })).toBe("invalid_email");
    expect(await code({ body: "x".repeat(100_001) })).toBe("message_too_long");
    const { workspaceId } = await createWorkspace(deps);
    const acting = { ...mailer.acting, workspaceId };
    const outcome = await sendMessages(deps, { acting, messages: [mail("ada@example.test")] });
    expect(outcome).toMatchObject({ refusal: { code: "email_not_configured" } });
  });

  it("says what only its recipient may read to nobody else", async () => {
    const sealed = sealText(deps, { text: "https://carillon.test/reset/secret", html: null });
    const id = await mailer.store({
      body: "Un lien",
      email: { subject: "Mot de passe", html: null, sealed },
    });
    expect(JSON.stringify(await row(id))).not.toContain("reset/secret");
    await dispatch();
    const [sent] = deps.mailer.sent;
    expect(sent?.text).toContain("https://carillon.test/reset/secret");
    expect(sent?.headers).toEqual({});
    expect(sent?.text).not.toContain("unsubscribe");
    expect(JSON.stringify(deps.lines)).not.toContain("reset/secret");
  });

  it("fails with its own words where its sealed text can be opened by no key of ours", async () => {
    const id = await mailer.store({ email: { subject: "x", html: null, sealed: "v1.broken" } });
    await dispatch();
    expect(await row(id)).toMatchObject({ status: "failed", errorCode: "email_unreadable" });
    expect(deps.mailer.sent).toEqual([]);
  });
});

describe("an e-mail of which nobody knows whether it left", () => {
  it("is sent again under the same key until the provider says so", async () => {
    deps.mailer.answer = (_request, n) =>
      n < 3 ? UNKNOWN : { kind: "accepted", providerId: "mail-x", segments: null };
    const id = await mailer.store();
    await dispatch();
    expect(await row(id)).toMatchObject({ status: "unconfirmed", attempt: 1 });
    expect(await lookAndSend(10)).toMatchObject({ requeued: 0 });
    expect(await lookAndSend(31)).toMatchObject({ requeued: 1 });
    expect(await row(id)).toMatchObject({ status: "unconfirmed", attempt: 2 });
    expect(await lookAndSend(31)).toMatchObject({ requeued: 1 });
    expect(await row(id)).toMatchObject({ status: "accepted", attempt: 3, providerId: "mail-x" });
    const keys = new Set(deps.mailer.sent.map((request) => JSON.stringify(request)));
    expect(keys.size).toBe(1);
    expect(deps.provider.asked).toEqual([]);
    expect(await listEvents(deps, mailer.scope, id)).toContain("requeued");
  });

  it("is not sent by itself once the provider has forgotten the key", async () => {
    deps.mailer.answer = () => UNKNOWN;
    const id = await mailer.store({ expiresAt: new Date(deps.clock.now().getTime() + 72 * HOUR) });
    await dispatch();
    deps.clock.advance(23 * HOUR);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ givenUp: 1, requeued: 0 });
    expect(await row(id)).toMatchObject({ status: "failed", statusReason: "may_have_arrived" });
  });

  it("takes a new key when somebody sends a refused or a delivered one again", async () => {
    deps.mailer.answer = () => REFUSED;
    const id = await mailer.store();
    await dispatch();
    expect(await row(id)).toMatchObject({ status: "failed", errorCode: "email_refused" });
    const actor = { kind: "system" } as const;
    await retryMessage(deps, { scope: mailer.scope, messageId: id, actor });
    await dispatch();
    const keys = deps.mailer.sent.map((request) => request.idempotencyKey);
    expect(keys).toEqual([`message/${id}/1`, `message/${id}/2`]);
  });

  it("R205 leaves by a mail server at most once", async () => {
    const smtp = await openMailSender(deps, "smtp");
    deps.mailer.answer = () => UNKNOWN;
    const id = await smtp.store();
    await dispatchAccount(deps, { accountId: smtp.account.id });
    deps.clock.advance(31_000);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ givenUp: 1 });
    expect(await row(id)).toMatchObject({ status: "failed", statusReason: "may_have_arrived" });
    expect(deps.mailer.sent).toHaveLength(1);
  });
});

describe("what the provider says about an e-mail", () => {
  const event = (type: string, values: object = {}) =>
    receiveEmailEvent(deps, {
      accountId: mailer.account.id,
      eventId: `msg_${type}`,
      type: `email.${type}`,
      emailId: "mail-1",
      messageId: null,
      reason: null,
      ...values,
    });

  it("moves it forward, never back, and counts an event once", async () => {
    const id = await mailer.store();
    await dispatch();
    expect(await event("delivered")).toBe("applied");
    expect(await event("delivered")).toBe("known");
    expect(await event("sent")).toBe("applied");
    expect((await row(id)).status).toBe("delivered");
    expect(await event("opened")).toBe("applied");
    expect((await row(id)).status).toBe("read");
    const events = await listEvents(deps, mailer.scope, id);
    expect(events.filter((word) => word === "callback")).toHaveLength(3);
  });

  it("settles one whose answer never came, by its tag", async () => {
    deps.mailer.answer = () => UNKNOWN;
    const id = await mailer.store();
    await dispatch();
    expect(await event("delivered")).toBe("not_ours");
    expect(await event("delivered", { messageId: id, eventId: "msg_2" })).toBe("applied");
    expect(await row(id)).toMatchObject({ status: "delivered", providerId: "mail-1" });
    deps.clock.advance(31_000);
    await reconcileUnconfirmed(deps);
    await dispatch();
    expect(deps.mailer.sent).toHaveLength(1);
  });

  it("tells of a returned one in the server's words, and takes a complaint as an opt-out", async () => {
    const id = await mailer.store();
    await dispatch();
    await event("bounced", { reason: "No such mailbox" });
    expect(await row(id)).toMatchObject({
      status: "undelivered",
      errorCode: "email_bounced",
      errorMessage: "No such mailbox",
    });
    await mailer.store();
    await dispatch();
    await event("complained", { emailId: "mail-2" });
    const outcome = await mailer.send();
    expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "opted_out" } });
  });

  it("is nothing about another account's mail, or another system's", async () => {
    await mailer.store();
    await dispatch();
    const other = await openMailSender(deps);
    expect(await event("delivered", { accountId: other.account.id })).toBe("not_ours");
    expect(await event("delivered", { emailId: "somebody-else's" })).toBe("not_ours");
  });

  it("is asked for when it does not come", async () => {
    const id = await mailer.store();
    await dispatch();
    deps.mailer.report = { status: "delivered", errorCode: null, errorMessage: null };
    deps.clock.advance(121_000);
    await askForReceipts(deps);
    expect((await row(id)).status).toBe("delivered");
  });
});

describe("unsubscribing", () => {
  const tokenOf = (nth: number) => {
    const header = deps.mailer.sent[nth]?.headers["List-Unsubscribe"] ?? "";
    return header.slice(header.lastIndexOf("/") + 1, -1);
  };

  it("counts at once, for what waits too, and can be taken back", async () => {
    await mailer.store();
    await dispatch();
    const token = tokenOf(0);
    const waiting = await mailer.store();
    const words = "List-Unsubscribe=One-Click";
    expect(await chooseSubscription(deps, { token, state: "opted_out", words })).toBe(true);
    await dispatch();
    expect(await row(waiting)).toMatchObject({ status: "failed", statusReason: "opted_out" });
    expect(deps.mailer.sent).toHaveLength(1);
    expect((await openSubscription(deps, token))?.state).toBe("opted_out");
    await chooseSubscription(deps, { token, state: "opted_in", words: null });
    await mailer.store();
    await dispatch();
    expect(deps.mailer.sent).toHaveLength(2);
  });

  it("does nothing with a token that is not ours", async () => {
    await mailer.store();
    await dispatch();
    const token = tokenOf(0);
    const forged = token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    for (const wrong of [forged, "", "x", token.slice(1)]) {
      const choice = { token: wrong, state: "opted_out", words: null } as const;
      expect(await chooseSubscription(deps, choice), wrong).toBe(false);
    }
  });
});
