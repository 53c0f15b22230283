import type { Database } from "../../db/client";
import { findContact } from "../../db/queries/persons";
import {
  findStartSender,
  type SenderChoice,
  type StartSender,
} from "../../db/queries/start-sender";
import {
  addActivities,
  findOrCreateConversation,
  patchConversation,
} from "../../db/writes/conversations";
import { findOrCreatePerson } from "../../db/writes/persons";
import type { ThreadMessage } from "../domain/inbox";
import { normalisePhone } from "../domain/phone-number";
import { enqueueMessage } from "../outbound/enqueue-message";
import type { EnqueueRefusal } from "../outbound/find-refusal";
import type { Deps } from "../ports/deps";
import { type Acting, activityRow, userOf } from "./change-conversation";
import { finishReply } from "./reply-to-conversation";

export type Start = {
  acting: Acting;
  /** A number as somebody types it, or a contact whose number is known. */
  to: { phone: string } | { personId: string };
  from: SenderChoice;
  body: string;
  mediaIds?: readonly string[];
  /** A test: leaves also while sending is paused. */
  isSystem?: boolean;
  sendAt?: Date | null;
  idempotencyKey?: string | null;
};

export type StartOutcome =
  | {
      readonly kind: "started";
      readonly conversationId: string;
      readonly message: ThreadMessage;
      readonly isReplay: boolean;
    }
  /** No such number in this workspace, or it may not be seen. */
  | { readonly kind: "integration_not_found" }
  /** No such contact, or one without a phone number. */
  | { readonly kind: "contact_not_found" }
  | { readonly kind: "contact_without_phone"; readonly message: string }
  | EnqueueRefusal;

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;

/**
 * R409: writes to somebody first. The person and the one conversation of (person, number) are found or
 * made, whoever else is making them at the same moment; a refused message leaves no trace of either.
 */
export async function startConversation(deps: Needs, start: Start): Promise<StartOutcome> {
  const sender = await findStartSender(deps.db, start.acting, start.from);
  if (!sender) return isSms(start.from) ? SMS_NOT_CONFIGURED : { kind: "integration_not_found" };
  const target = await findTarget(deps, start, sender);
  if (target.kind !== "address") return target;
  const stored = await storeOrTakeBack(deps, { start, sender, target });
  if (stored.kind === "refused") return stored;
  const { message, isReplay } = await finishReply(deps, start.acting, stored);
  return { kind: "started", conversationId: message.conversationId, message, isReplay };
}

/** R027. */
const SMS_NOT_CONFIGURED: EnqueueRefusal = {
  kind: "refused",
  code: "sms_not_configured",
  message: "SMS delivery not configured: connect a number in Settings",
};

/** Was the default SMS sender asked for, rather than one by its id? */
function isSms(from: SenderChoice) {
  return "channel" in from && from.channel === "sms";
}

type Target = {
  kind: "address";
  e164: string;
  raw: string;
  country: string | null;
};

async function findTarget(
  deps: Needs,
  { to, acting }: Start,
  sender: StartSender,
): Promise<Target | Exclude<StartOutcome, { kind: "started" }>> {
  const raw = "phone" in to ? to.phone : await phoneOf(deps, acting, to.personId);
  if (raw === null) return { kind: "contact_not_found" };
  if (raw === undefined) {
    return { kind: "contact_without_phone", message: "No phone number configured" };
  }
  const phone = normalisePhone(raw, sender.country);
  if (!phone.ok) return { kind: "refused", code: phone.code, message: phone.message };
  return { kind: "address", e164: phone.e164, raw, country: phone.country };
}

/** null: no such contact; undefined: one without a number. */
async function phoneOf(deps: Needs, acting: Acting, personId: string) {
  const contact = await findContact(deps.db, acting.workspaceId, personId);
  if (!contact) return null;
  return contact.addresses.find((address) => address.kind === "phone")?.value;
}

type Plan = { start: Start; sender: StartSender; target: Target };

async function storeOrTakeBack(deps: Needs, plan: Plan) {
  const held: { outcome: Awaited<ReturnType<typeof enqueueMessage>> | null } = { outcome: null };
  try {
    await deps.db.transaction(async (tx) => {
      held.outcome = await store(deps, tx, plan);
      if (held.outcome.kind === "refused") tx.rollback();
    });
  } catch (error) {
    if (held.outcome?.kind !== "refused") throw error;
  }
  if (!held.outcome) throw new Error("the transaction has an outcome");
  return held.outcome;
}

async function store(deps: Needs, tx: Database, { start, sender, target }: Plan) {
  const { acting } = start;
  const { workspaceId } = acting;
  const now = deps.clock.now();
  const { personId } = await findOrCreatePerson(tx, {
    workspaceId,
    personId: deps.chance.uuid(),
    address: {
      id: deps.chance.uuid(),
      kind: "phone",
      value: target.e164,
      raw: target.raw,
      country: target.country,
    },
    now,
  });
  const row = await findOrCreateConversation(tx, {
    id: deps.chance.uuid(),
    workspaceId,
    personId,
    integrationId: sender.id,
    address: target.e164,
    assigneeId: userOf(acting.actor),
    now,
  });
  const stored = await enqueueMessage(deps, tx, {
    workspaceId,
    conversationId: row.id,
    body: start.body,
    mediaIds: start.mediaIds ?? [],
    lane: "interactive",
    isSystem: start.isSystem ?? false,
    actor: acting.actor,
    sendAfter: start.sendAt ?? null,
    idempotencyKey: start.idempotencyKey ?? null,
  });
  const wasClosed = row.state === "resolved" || row.state === "snoozed";
  if (stored.kind === "queued" && wasClosed) {
    await patchConversation(tx, row, { state: "open", snoozedUntil: null, stateReason: null });
    await addActivities(tx, [activityRow(deps, acting, row, { kind: "reopened" })]);
  }
  return stored;
}
