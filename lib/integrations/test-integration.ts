import { findAccountOfIntegration, findTestMessage } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import { type StartOutcome, startConversation } from "../conversations/start-conversation";
import type { Administrator, Caller } from "../domain/viewer";
import { type MessageToSend, type SendRefusal, sendMessages } from "../outbound/send-messages";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";
import { checkCredentials } from "./check-credentials";
import { resumeSending } from "./resume-sending";

export type TestIntegrationOutcome =
  | { kind: "not_found" }
  /** No number to write to was given, or the check failed: nothing was sent. */
  | { kind: "checked"; check: ConnectionTest }
  /** The test text is on its way; its row tells SID and status. */
  | { kind: "sent"; check: ConnectionTest; messageId: string; conversationId: string }
  | {
      kind: "not_sent";
      check: ConnectionTest;
      refusal: TestRefusal;
    };

type TestRefusal = Exclude<StartOutcome, { kind: "started" }> | SendRefusal;

type Needs = Pick<
  Deps,
  | "db"
  | "sql"
  | "clock"
  | "chance"
  | "cipher"
  | "sms"
  | "email"
  | "realtime"
  | "jobs"
  | "log"
  | "settings"
>;

/**
 * R034, R104: asks the provider about credentials and sender; with `to`, sends a true text through
 * the same outbox as every other message.
 */
export async function testIntegration(
  deps: Needs,
  by: Administrator & Caller,
  input: { id: string; to: string | null; body: string; idempotencyKey?: string | null },
): Promise<TestIntegrationOutcome> {
  const { workspaceId } = by;
  const { id, to } = input;
  const found = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: id });
  if (!found) return { kind: "not_found" };
  const check = await askProvider(deps, found);
  await recordTest(deps, by, { id, accountId: found.account.id, check, hasText: to !== null });
  if (!check.ok || to === null) return { kind: "checked", check };
  const isEmail = found.integration.type === "email";
  const sent = await (isEmail
    ? mailTest(deps, by, { ...input, to })
    : textTest(deps, by, { ...input, to }));
  return { ...sent, check };
}

type Test = { id: string; to: string; body: string; idempotencyKey?: string | null };
type Sent =
  | { kind: "sent"; messageId: string; conversationId: string }
  | { kind: "not_sent"; refusal: TestRefusal };

async function textTest(
  deps: Needs,
  by: Administrator & Caller,
  { id, to, body, idempotencyKey }: Test,
): Promise<Sent> {
  const outcome = await startConversation(deps, {
    acting: by,
    to: { phone: to },
    from: { integrationId: id },
    body,
    isSystem: true,
    idempotencyKey,
  });
  if (outcome.kind !== "started") return { kind: "not_sent", refusal: outcome };
  const { message, conversationId } = outcome;
  return { kind: "sent", messageId: message.id, conversationId };
}

async function mailTest(
  deps: Needs,
  by: Administrator & Caller,
  { id, to, body, idempotencyKey = null }: Test,
): Promise<Sent> {
  const message: MessageToSend = {
    channel: "email",
    to,
    body,
    email: { subject: body, html: null },
    lane: "interactive",
    isSystem: true,
    integrationId: id,
    idempotencyKey,
    mediaIds: [],
    template: null,
    sendAt: null,
    expiresAt: null,
    metadata: null,
  };
  const outcome = await sendMessages(deps, { acting: by, messages: [message] });
  if (outcome.kind === "refused") return { kind: "not_sent", refusal: outcome.refusal };
  const [messageId = ""] = outcome.messageIds;
  const { workspaceId } = by;
  const conversationId = (await findTestMessage(deps.db, { workspaceId, messageId }))
    ?.conversationId;
  if (!conversationId) throw new Error("what has been stored is there");
  return { kind: "sent", messageId, conversationId };
}

async function askProvider(
  deps: Needs,
  { account, integration }: NonNullable<Awaited<ReturnType<typeof findAccountOfIntegration>>>,
): Promise<ConnectionTest> {
  const { provider, sid, apiOrigin } = account;
  if (provider !== "console" && provider !== "smtp" && !account.tokenSealed) {
    const message = `${NAMES[provider]} credentials not configured`;
    return { ok: false, fault: "credentials", message };
  }
  const token = account.tokenSealed ? deps.cipher.open(account.tokenSealed) : null;
  const channel = integration.type;
  return checkCredentials(deps, { provider, channel, sid, token, apiOrigin }, integration.sender);
}

const NAMES = { twilio: "Twilio", aws_sns: "AWS", resend: "Resend" };

async function recordTest(
  deps: Needs,
  by: Administrator,
  test: { id: string; accountId: string; check: ConnectionTest; hasText: boolean },
) {
  const { workspaceId, actor } = by;
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    if (test.check.ok) {
      const { id: integrationId, accountId } = test;
      await resumeSending(tx, { workspaceId, accountId, integrationId, at });
    }
    await insertAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "integration.tested",
      target: { type: "integration", id: test.id },
      data: { ok: test.check.ok, hasText: test.hasText },
    });
  });
}
