import type { Database } from "../../db/client";
import { findApiLimits } from "../../db/queries/api-limits";
import { findStartSender, type StartSender } from "../../db/queries/start-sender";
import { findTemplate, type TemplateRow } from "../../db/queries/whatsapp-templates";
import { findOrCreatePersons } from "../../db/writes/persons";
import { normaliseEmail } from "../domain/email-address";
import { normalisePhone } from "../domain/phone-number";
import { readWhatsAppId } from "../domain/provider-address";
import type { Actor, Scope } from "../domain/viewer";
import type { FilledTemplate } from "../domain/whatsapp-template";
import type { AddressKind, Channel, Lane } from "../domain/words";
import { takeForRecipients } from "../operations/api-limits";
import type { Deps } from "../ports/deps";
import { conversationKey, findConversationIds, inRounds } from "./conversation-rounds";
import { type EmailParts, type EnqueueOutcome, enqueueMessages } from "./enqueue-message";
import {
  type FilledWords,
  fillOwnTemplate,
  type NamedTemplates,
  readNamedTemplates,
} from "./fill-own-template";
import type { EnqueueRefusal } from "./find-refusal";
import { fillProviderTemplate, type TemplateRefusal } from "./resolve-template";
import { ringDoorbells } from "./ring-doorbells";

export type MessageToSend = {
  channel: Channel;
  /** As somebody wrote it; a `whatsapp:` in front is taken off (R112). */
  to: string;
  body: string;
  mediaIds: readonly string[];
  /** In the place of a body: of the workspace, and on WhatsApp an approved text of its account. */
  template: { ref: string; variables: Record<string, string>; language: string | null } | null;
  /** WhatsApp: the approved text whose words are `body`. */
  filled?: FilledTemplate | null;
  /** E-mail: what it has more than a text. */
  email: EmailParts | null;
  /** Left out: normal, as what systems send. */
  lane?: Lane;
  /** A test, a link to a new password: leaves also while sending is paused. */
  isSystem?: boolean;
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

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;
type Acting = Scope & { readonly actor: Actor };
type Stored = Extract<EnqueueOutcome, { kind: "queued" | "duplicate" }>;

/**
 * A system's messages (Sending 1 and 8): persons and conversations are found or made; a new
 * conversation stays out of the inbox until the person or an agent writes. All are stored or none, in a
 * fixed number of statements for each sender among them.
 *
 * @throws {OverLimit} where more is sent to somebody than systems may
 */
export async function sendMessages(
  deps: Needs,
  { acting, messages }: { acting: Acting; messages: readonly MessageToSend[] },
): Promise<SendOutcome> {
  const addressed: Addressed[] = [];
  const known = await readKnown(deps, { acting, messages });
  for (const [index, message] of messages.entries()) {
    const one = await addressOne(deps, { acting, message, known });
    if (one.kind === "refused") return { kind: "refused", index, refusal: one };
    addressed.push({ ...one, index, message });
  }
  const held: { refused: Extract<SendOutcome, { kind: "refused" }> | null } = { refused: null };
  let stored: Stored[] = [];
  try {
    await deps.db.transaction(async (tx) => {
      const outcomes = await storeAll(deps, tx, { acting, addressed });
      held.refused = firstRefusal(outcomes);
      if (held.refused) tx.rollback();
      stored = outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [] : [outcome]));
    });
  } catch (error) {
    if (!held.refused) throw error;
    return held.refused;
  }
  await afterCommit(deps, stored);
  return { kind: "stored", messageIds: stored.map((outcome) => outcome.message.id) };
}

/** What messages of a batch share, looked up once. */
type Known = {
  senders: Map<string, StartSender | null>;
  /** null: no message names one. */
  templates: NamedTemplates | null;
  /** Of the senders' accounts. */
  providerTemplates: Map<string, TemplateRow | null>;
};

async function readKnown(
  { db }: Needs,
  { acting, messages }: { acting: Acting; messages: readonly MessageToSend[] },
): Promise<Known> {
  const refs = messages.flatMap(({ template }) => (template ? [template.ref] : []));
  const { workspaceId } = acting;
  const templates = refs.length > 0 ? await readNamedTemplates(db, { workspaceId, refs }) : null;
  return { senders: new Map(), templates, providerTemplates: new Map() };
}

function firstRefusal(outcomes: readonly EnqueueOutcome[]) {
  const index = outcomes.findIndex((outcome) => outcome.kind === "refused");
  const refusal = outcomes[index];
  return refusal?.kind === "refused" ? { kind: "refused" as const, index, refusal } : null;
}

async function afterCommit(deps: Needs, stored: readonly Stored[]) {
  const queued = stored.flatMap((outcome) => (outcome.kind === "queued" ? [outcome] : []));
  deps.realtime.announce(queued.map((outcome) => outcome.change));
  await ringDoorbells(
    deps,
    queued.map((outcome) => outcome.bell),
  );
}

type Address = { kind: AddressKind; value: string; raw: string; country: string | null };
type Written = {
  body: string;
  email: EmailParts | null;
  template: FilledTemplate | null;
  /** In whose words it is; null: somebody's own. */
  templateId: string | null;
};
type Whereto = Written & { sender: StartSender; address: Address };
type Addressed = Whereto & { index: number; message: MessageToSend };

type One = { acting: Acting; message: MessageToSend; known: Known };

/** From which sender to which number, and in which words; nothing is stored yet. */
async function addressOne(
  deps: Needs,
  { acting, message, known }: One,
): Promise<({ kind: "addressed" } & Whereto) | SendRefusal> {
  const { integrationId, channel } = message;
  const { senders } = known;
  const key = integrationId ?? channel;
  if (!senders.has(key)) {
    const choice = integrationId ? { integrationId } : { channel };
    senders.set(key, await findStartSender(deps.db, acting, choice));
  }
  const sender = senders.get(key);
  if (!sender && !integrationId && channel === "sms") return SMS_NOT_CONFIGURED;
  if (!sender && !integrationId && channel === "email") return EMAIL_NOT_CONFIGURED;
  if (sender?.type !== channel) return NO_SENDER;
  const address = readAddress(message, sender);
  if (address.kind === "refused") return address;
  const written = await writeOne(deps, { acting, message, known, integrationId: sender.id });
  return "kind" in written ? written : { kind: "addressed", sender, address, ...written };
}

type Writing = One & { integrationId: string };

/** What is said: the message's own words, or those of the template that it names. */
async function writeOne(
  deps: Needs,
  { acting, message, known, integrationId }: Writing,
): Promise<Written | SendRefusal> {
  const { body, email, template, filled: given = null, channel } = message;
  if (!template) return { body, email, template: given, templateId: null };
  const wanted = { workspaceId: acting.workspaceId, integrationId, ...template };
  const own = known.templates && fillOwnTemplate(known.templates, { ...wanted, channel });
  if (own?.kind === "refused") return own;
  if (own) return toWritten(own);
  if (channel !== "whatsapp") return noTemplate(template.ref);
  const filled = fillProviderTemplate(await findOnce(deps, known, wanted), template);
  if (filled.kind === "refused") return filled;
  return { body: filled.body, email: null, template: filled.template, templateId: null };
}

async function findOnce(
  { db }: Needs,
  { providerTemplates }: Known,
  wanted: Parameters<typeof findTemplate>[1],
): Promise<TemplateRow | null> {
  const key = JSON.stringify([wanted.integrationId, wanted.ref, wanted.language]);
  if (!providerTemplates.has(key)) providerTemplates.set(key, await findTemplate(db, wanted));
  return providerTemplates.get(key) ?? null;
}

function toWritten({ kind: _, ...written }: FilledWords): Written {
  return written;
}

function noTemplate(ref: string): SendRefusal {
  const message = `There is no active template ${ref} for this channel`;
  return { kind: "refused", code: "template_not_found", message };
}

function readAddress({ channel, to }: MessageToSend, sender: StartSender): Address | SendRefusal {
  if (channel === "email") {
    const value = normaliseEmail(to);
    return value === null ? INVALID_EMAIL : { kind: "email", value, raw: to, country: null };
  }
  const id = channel === "whatsapp" ? readWhatsAppId(to) : null;
  if (id) return { kind: "whatsapp", value: id, raw: to, country: null };
  const raw = to.replace(/^whatsapp:/i, "");
  const phone = normalisePhone(raw, sender.country);
  if (!phone.ok) return { kind: "refused", code: phone.code, message: phone.message };
  return { kind: "phone", value: phone.e164, raw, country: phone.country };
}

const INVALID_EMAIL: SendRefusal = {
  kind: "refused",
  code: "invalid_email",
  message: "Not an e-mail address, like name@example.org",
};

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

const EMAIL_NOT_CONFIGURED: SendRefusal = {
  kind: "refused",
  code: "email_not_configured",
  message: "E-mail delivery not configured: connect a sender of e-mails in Settings",
};

type Batch = { acting: Acting; addressed: readonly Addressed[] };
/** An addressed message whose person, and so conversation, is known. */
type Placed = Addressed & { personId: string; integrationId: string; key: string };

async function storeAll(deps: Needs, tx: Database, batch: Batch): Promise<EnqueueOutcome[]> {
  const outcomes: EnqueueOutcome[] = [];
  const found = await findPersons(deps, tx, batch);
  const counted = found.flatMap(({ message, personId }) => (message.isSystem ? [] : [personId]));
  const { workspaceId } = batch.acting;
  const limits = await findApiLimits(tx, workspaceId);
  await takeForRecipients(tx, { workspaceId, limits, personIds: counted, at: deps.clock.now() });
  for (const round of inRounds(found)) {
    const stored = await storeRound(deps, tx, { acting: batch.acting, round });
    for (const [nth, { index }] of round.entries()) {
      const outcome = stored[nth];
      if (outcome) outcomes[index] = outcome;
    }
  }
  return outcomes;
}

/**
 * The persons behind the addresses. In the order of the addresses, so that two batches to the same people
 * never wait for each other in a circle.
 */
async function findPersons(
  deps: Needs,
  tx: Database,
  { acting, addressed }: Batch,
): Promise<Placed[]> {
  const { uuid } = deps.chance;
  const byValue = new Map(addressed.map(({ address }) => [address.value, address]));
  const of = [...byValue.values()]
    .sort((a, b) => (a.value < b.value ? -1 : 1))
    .map((address) => ({ personId: uuid(), address: { id: uuid(), ...address } }));
  const { workspaceId } = acting;
  const persons = await findOrCreatePersons(tx, { workspaceId, of, now: deps.clock.now() });
  return addressed.map((one) => {
    const personId = persons.get(`${one.address.kind} ${one.address.value}`);
    if (!personId) throw new Error("an upsert returns its row");
    const integrationId = one.sender.id;
    return { ...one, personId, integrationId, key: conversationKey(integrationId, personId) };
  });
}

type Round = { acting: Acting; round: readonly Placed[] };

async function storeRound(deps: Needs, tx: Database, { acting, round }: Round) {
  const { workspaceId, actor } = acting;
  const ids = await findConversationIds(deps, tx, { workspaceId, round });
  const inputs = round.map(({ message, key, body, email, template, templateId }) => ({
    workspaceId,
    conversationId: ids.get(key) ?? "",
    body,
    template,
    templateId,
    templateData: templateId === null ? null : (message.template?.variables ?? null),
    email,
    mediaIds: message.mediaIds,
    lane: message.lane ?? "normal",
    isSystem: message.isSystem ?? false,
    actor,
    sendAfter: message.sendAt,
    expiresAt: message.expiresAt,
    idempotencyKey: message.idempotencyKey,
    metadata: message.metadata,
  }));
  return enqueueMessages(deps, tx, inputs);
}
