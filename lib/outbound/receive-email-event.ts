import { findEmailTarget, findEmailWebhookAccount } from "../../db/queries/system/email";
import { recordProviderOptOuts } from "../../db/writes/provider-opt-outs";
import { readEmailEvent } from "../domain/email-events";
import type { Deps } from "../ports/deps";
import { applyStatus } from "./apply-status";

/** An account whose webhooks can be believed, and by which secret. */
export type EmailWebhook = { accountId: string; secret: string };

/** null: no such sender, or it has no secret (that can be opened). */
export async function findEmailWebhook(
  { sql, cipher, log }: Pick<Deps, "sql" | "cipher" | "log">,
  integrationId: string,
): Promise<EmailWebhook | null> {
  const account = await findEmailWebhookAccount(sql, integrationId);
  if (!account?.webhookSecretSealed) return null;
  const { accountId } = account;
  try {
    return { accountId, secret: cipher.open(account.webhookSecretSealed) };
  } catch (error) {
    log.error({ accountId, error: String(error) }, "[EMAIL] A webhook secret cannot be opened");
    return null;
  }
}

export type EmailEvent = {
  accountId: string;
  /** The provider's id of the event: it may come more than once. */
  eventId: string;
  /** `email.delivered` … */
  type: string;
  /** The provider's id of the mail. */
  emailId: string;
  /** Of our message, as the mail's tag says; null: none. */
  messageId: string | null;
  /** The receiving server's own words about a bounce; null: none. */
  reason: string | null;
};

export type EmailEventOutcome =
  | "applied"
  /** It came before. */
  | "known"
  /** Another system's mail through the same account, or an event that says nothing about one. */
  | "not_ours";

/** Applies what the provider says about a mail, as a status callback; a complaint is an opt-out. */
export async function receiveEmailEvent(
  deps: Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "jobs" | "settings">,
  event: EmailEvent,
): Promise<EmailEventOutcome> {
  const { accountId, eventId, type, emailId, messageId, reason } = event;
  const named = { accountId, providerId: emailId, messageId, eventId };
  const target = await findEmailTarget(deps.sql, named);
  if (!target) return "not_ours";
  if (target.isKnown) return "known";
  const read = readEmailEvent(type);
  const applied = await applyStatus(deps, {
    messageId: target.messageId,
    attempt: target.attempt,
    providerId: emailId,
    status: read.status,
    errorCode: read.errorCode,
    errorMessage: reason,
    carrierAt: null,
    data: { type, eventId },
    via: "callback",
  });
  if (applied.kind === "unknown_attempt") return "not_ours";
  if (read.isComplaint) {
    await recordProviderOptOuts(deps.sql, [target.messageId], deps.clock.now());
  }
  return "applied";
}
