import { findAccountOfIntegration } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import type { Administrator } from "../domain/viewer";
import { fallbackAddress, webhookAddress } from "../domain/webhook-address";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";
import type { ProviderAccount, WebhookAnswer, WebhookTarget } from "../ports/sms";

export type WebhookOutcome =
  | { kind: "not_found" }
  /** R029. */
  | { kind: "no_credentials" }
  | {
      kind: "answered";
      /** What the provider has now. */
      answer: WebhookAnswer;
      /** What it should have. */
      expected: { url: string; fallbackUrl: string };
    };

type Needs = Pick<Deps, "db" | "clock" | "cipher" | "log" | "sms" | "settings">;
type Input = { id: string };

/** Asks the provider where it posts what this sender receives. */
export async function readWebhook(
  deps: Needs,
  by: Administrator,
  input: Input,
): Promise<WebhookOutcome> {
  const found = await findSender(deps, by, input);
  if (found.kind !== "found") return found;
  const { account, target } = found;
  const answer = await deps.sms(account.provider).readWebhook(account, target);
  return { kind: "answered", answer, expected: expectedUrls(deps) };
}

/**
 * Has the provider post what this sender receives to us, with five retries on every error, and to our
 * second address when the first one fails (reference §3).
 */
export async function setWebhook(
  deps: Needs,
  by: Administrator,
  input: Input,
): Promise<WebhookOutcome> {
  const found = await findSender(deps, by, input);
  if (found.kind !== "found") return found;
  const { account, target } = found;
  const expected = expectedUrls(deps);
  const answer = await deps.sms(account.provider).setWebhook(account, target, expected);
  if (answer.ok) {
    await insertAudit(deps.db, {
      workspaceId: by.workspaceId,
      at: deps.clock.now(),
      actor: by.actor,
      action: "integration.webhook_set",
      target: { type: "integration", id: input.id },
      data: expected,
    });
  }
  return { kind: "answered", answer, expected };
}

function expectedUrls({ settings }: Needs) {
  return { url: webhookAddress(settings.appUrl), fallbackUrl: fallbackAddress(settings.appUrl) };
}

type Found =
  | { kind: "found"; account: ProviderAccount; target: WebhookTarget }
  | Exclude<WebhookOutcome, { kind: "answered" }>;

async function findSender(deps: Needs, by: Administrator, { id }: Input): Promise<Found> {
  const { workspaceId } = by;
  const row = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: id });
  if (!row || row.integration.type === "email") return { kind: "not_found" };
  const account = openCredentials(deps, row.account);
  if (!account) return { kind: "no_credentials" };
  const { type: channel, sender, messagingServiceSid } = row.integration;
  return { kind: "found", account, target: { channel, sender, messagingServiceSid } };
}
