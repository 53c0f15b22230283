import { findAccountOfIntegration } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import { type StartOutcome, startConversation } from "../conversations/start-conversation";
import type { Administrator, Caller } from "../domain/viewer";
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
      refusal: Exclude<StartOutcome, { kind: "started" }>;
    };

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "sms" | "realtime" | "jobs" | "log"
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
  const { id, to, body, idempotencyKey } = input;
  const found = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: id });
  if (!found) return { kind: "not_found" };
  const check = await askProvider(deps, found);
  await recordTest(deps, by, { id, accountId: found.account.id, check, hasText: to !== null });
  if (!check.ok || to === null) return { kind: "checked", check };
  const outcome = await startConversation(deps, {
    acting: by,
    to: { phone: to },
    from: { integrationId: id },
    body,
    idempotencyKey,
  });
  if (outcome.kind !== "started") return { kind: "not_sent", check, refusal: outcome };
  const { message, conversationId } = outcome;
  return { kind: "sent", check, messageId: message.id, conversationId };
}

async function askProvider(
  deps: Needs,
  { account, integration }: NonNullable<Awaited<ReturnType<typeof findAccountOfIntegration>>>,
): Promise<ConnectionTest> {
  const { provider, sid, apiOrigin } = account;
  if (provider === "resend" || provider === "smtp") {
    return { ok: false, fault: "unexpected", message: `${provider} cannot be tested here` };
  }
  if (provider !== "console" && !account.tokenSealed) {
    const name = provider === "aws_sns" ? "AWS" : "Twilio";
    return { ok: false, fault: "credentials", message: `${name} credentials not configured` };
  }
  const token = account.tokenSealed ? deps.cipher.open(account.tokenSealed) : null;
  return checkCredentials(deps, { provider, sid, token, apiOrigin }, integration.sender);
}

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
