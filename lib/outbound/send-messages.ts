import type { Database } from "../../db/client";
import { findStartSender, type StartSender } from "../../db/queries/start-sender";
import { findOrCreateConversation } from "../../db/writes/conversations";
import { findOrCreatePerson } from "../../db/writes/persons";
import { normalisePhone } from "../domain/phone-number";
import type { Actor, Scope } from "../domain/viewer";
import type { Channel } from "../domain/words";
import type { Deps } from "../ports/deps";
import { type EnqueueOutcome, enqueueMessage } from "./enqueue-message";
import type { EnqueueRefusal } from "./find-refusal";
import { resolveTemplate, type TemplateRefusal } from "./resolve-template";
import { ringDoorbells } from "./ring-doorbells";

export type MessageToSend = {
  channel: Extract<Channel, "sms" | "whatsapp">;
  /** As somebody wrote it; a `whatsapp:` in front is taken off (R112). */
  to: string;
  body: string;
  mediaIds: readonly string[];
  /** WhatsApp: in the place of a body. */
  template: { ref: string; variables: Record<string, string>; language: string | null } | null;
  sendAt: Date | null;
  expiresAt: Date | null;
  /** null: the channel's default sender. */
  integrationId: string | null;
  metadata: Record<string, unknown> | null;
  /** Makes a repeated call give the first message again. */
  idempotencyKey: string | null;
};

export type SendRefusal =
  | EnqueueRefusal
  | TemplateRefusal
  | { kind: "refused"; code: "integration_not_found"; message: string };

export type SendOutcome =
  | { kind: "stored"; messageIds: string[] }
  /** `index` of the first that could not be stored; then none was. */
  | { kind: "refused"; index: number; refusal: SendRefusal };

type Needs = Pick<Deps, "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log">;
type Acting = Scope & { readonly actor: Actor };
type Stored = Extract<EnqueueOutcome, { kind: "queued" | "duplicate" }>;

/**
 * A system's messages (Sending 1 and 8): persons and conversations are found or made; a new
 * conversation stays out of the inbox until the person or an agent writes. All are stored or none.
 */
export async function sendMessages(
  deps: Needs,
  input: { acting: Acting; messages: readonly MessageToSend[] },
): Promise<SendOutcome> {
  const held: { refused: Extract<SendOutcome, { kind: "refused" }> | null } = { refused: null };
  const stored: Stored[] = [];
  try {
    await deps.db.transaction(async (tx) => {
      for (const { index, message } of inLockOrder(input.messages)) {
        const outcome = await storeOne(deps, tx, { acting: input.acting, message });
        if (outcome.kind !== "refused") {
          stored[index] = outcome;
          continue;
        }
        held.refused = { kind: "refused", index, refusal: outcome };
        tx.rollback();
      }
    });
  } catch (error) {
    if (!held.refused) throw error;
    return held.refused;
  }
  await afterCommit(deps, stored);
  return { kind: "stored", messageIds: stored.map((outcome) => outcome.message.id) };
}

/** By recipient, so that two batches to the same people never wait for each other in a circle. */
function inLockOrder(messages: readonly MessageToSend[]) {
  return messages
    .map((message, index) => ({ message, index }))
    .sort((a, b) => (a.message.to < b.message.to ? -1 : a.message.to > b.message.to ? 1 : 0));
}

async function afterCommit(deps: Needs, stored: readonly Stored[]) {
  const queued = stored.flatMap((outcome) => (outcome.kind === "queued" ? [outcome] : []));
  deps.realtime.announce(queued.map((outcome) => outcome.change));
  await ringDoorbells(
    deps,
    queued.map((outcome) => outcome.bell),
  );
}

type One = { acting: Acting; message: MessageToSend };

async function storeOne(deps: Needs, tx: Database, one: One): Promise<Stored | SendRefusal> {
  const { acting, message } = one;
  const { integrationId, channel } = message;
  const sender = await findStartSender(tx, acting, integrationId ? { integrationId } : { channel });
  if (!sender && !integrationId && channel === "sms") return SMS_NOT_CONFIGURED;
  if (sender?.type !== channel) return NO_SENDER;
  const to = message.to.replace(/^whatsapp:/i, "");
  const phone = normalisePhone(to, sender.country);
  if (!phone.ok) return { kind: "refused", code: phone.code, message: phone.message };
  const address = { kind: "phone", value: phone.e164, raw: to, country: phone.country } as const;
  const { workspaceId } = acting;
  const filled = message.template
    ? await resolveTemplate(tx, { workspaceId, integrationId: sender.id, ...message.template })
    : null;
  if (filled?.kind === "refused") return filled;
  const conversationId = await placeMessage(deps, tx, { acting, sender, address });
  return enqueueMessage(deps, tx, {
    workspaceId,
    conversationId,
    body: filled?.body ?? message.body,
    template: filled?.template ?? null,
    mediaIds: message.mediaIds,
    lane: "normal",
    actor: acting.actor,
    sendAfter: message.sendAt,
    expiresAt: message.expiresAt,
    idempotencyKey: message.idempotencyKey,
    metadata: message.metadata,
  });
}

const NO_SENDER: SendRefusal = {
  kind: "refused",
  code: "integration_not_found",
  message: "No sender of this channel here: connect one, or name its integrationId",
};

/** R027. */
const SMS_NOT_CONFIGURED: SendRefusal = {
  kind: "refused",
  code: "sms_not_configured",
  message: "SMS delivery not configured: connect a number in Settings",
};

type Place = {
  acting: Acting;
  sender: StartSender;
  address: { kind: "phone"; value: string; raw: string; country: string | null };
};

/** The conversation of the person behind the address with the sender. */
async function placeMessage(deps: Needs, tx: Database, { acting, sender, address }: Place) {
  const { workspaceId } = acting;
  const now = deps.clock.now();
  const { personId } = await findOrCreatePerson(tx, {
    workspaceId,
    personId: deps.chance.uuid(),
    address: { id: deps.chance.uuid(), ...address },
    now,
  });
  const row = await findOrCreateConversation(tx, {
    id: deps.chance.uuid(),
    workspaceId,
    personId,
    integrationId: sender.id,
    address: address.value,
    assigneeId: null,
    isListed: false,
    now,
  });
  return row.id;
}
