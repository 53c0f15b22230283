"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/auth/action";
import { viewerAction } from "@/lib/auth/action";
import { blockPerson } from "@/lib/contacts/block-person";
import { dismissStop as dismiss } from "@/lib/contacts/dismiss-stop";
import { recordConsent as record } from "@/lib/contacts/record-consent";
import { updateContact as changeContact } from "@/lib/contacts/update-contact";
import { assignConversation as assign } from "@/lib/conversations/assign-conversation";
import { markRead as noteRead } from "@/lib/conversations/mark-read";
import { markUnread as noteUnread } from "@/lib/conversations/mark-unread";
import { replyToConversation } from "@/lib/conversations/reply-to-conversation";
import { setConversationState as setState } from "@/lib/conversations/set-conversation-state";
import { startConversation as start } from "@/lib/conversations/start-conversation";
import type { ThreadMessage } from "@/lib/domain/inbox";
import { CONSENT_STATES } from "@/lib/domain/words";
import { cancelMessage as cancel } from "@/lib/outbound/cancel-message";
import { confirmMessage as confirm } from "@/lib/outbound/confirm-message";
import { retryMessage as retry } from "@/lib/outbound/retry-message";
import { getDeps } from "@/lib/runtime";

const id = z.uuid();
/** A little above what any channel takes: the stage says in words what is too long. */
const body = z.string().max(20_000);
const mediaIds = z.array(id).max(10).default([]);
const clientId = z.string().min(8).max(100);

function refused(code: string, message?: string): { ok: false; code: string; message?: string } {
  return { ok: false, code, message };
}

function done<T extends object>(data: T): ActionResult<T> {
  return { ok: true, data };
}

/** Codes: `conversation_moved` (`data.messages`: what is new), `opted_out` and its kin, `not_found`. */
export const sendReply = viewerAction(
  {
    role: "agent",
    input: z.object({
      conversationId: id,
      body,
      mediaIds,
      afterSeq: z.number().int().min(0).nullable().default(null),
      force: z.boolean().default(false),
      clientId,
    }),
  },
  async (viewer, input): Promise<ActionResult<{ message: ThreadMessage }>> => {
    const { clientId: key, ...reply } = input;
    const outcome = await replyToConversation(getDeps(), {
      ...reply,
      acting: viewer,
      idempotencyKey: `reply:${viewer.user.id}:${key}`,
    });
    switch (outcome.kind) {
      case "enqueued":
        return done({ message: outcome.message });
      case "conversation_moved":
        return { ok: false, code: outcome.kind, data: { messages: outcome.messages } };
      case "conversation_not_found":
        return refused(outcome.kind);
      case "refused":
        return refused(outcome.code, outcome.message);
      default:
        return outcome satisfies never;
    }
  },
);

/** WhatsApp, outside the 24 h. Codes: `template_not_found` and its kin, `opted_out` and its kin. */
export const sendTemplate = viewerAction(
  {
    role: "agent",
    input: z.object({
      conversationId: id,
      contentSid: z.string().max(100),
      variables: z.record(z.string().max(100), z.string().max(1024)),
      clientId,
    }),
  },
  async (viewer, input): Promise<ActionResult<{ message: ThreadMessage }>> => {
    const { conversationId, contentSid: ref, variables, clientId: key } = input;
    const outcome = await replyToConversation(getDeps(), {
      acting: viewer,
      conversationId,
      body: "",
      template: { ref, variables, language: null },
      idempotencyKey: `reply:${viewer.user.id}:${key}`,
    });
    switch (outcome.kind) {
      case "enqueued":
        return done({ message: outcome.message });
      case "refused":
        return refused(outcome.code, outcome.message);
      case "conversation_moved":
      case "conversation_not_found":
        return refused("not_found");
      default:
        return outcome satisfies never;
    }
  },
);

export const startConversation = viewerAction(
  {
    role: "agent",
    input: z.object({ to: z.string().max(100), integrationId: id, body, mediaIds, clientId }),
  },
  async (
    viewer,
    input,
  ): Promise<ActionResult<{ conversationId: string; message: ThreadMessage }>> => {
    const outcome = await start(getDeps(), {
      acting: viewer,
      to: { phone: input.to },
      from: { integrationId: input.integrationId },
      body: input.body,
      mediaIds: input.mediaIds,
      idempotencyKey: `start:${viewer.user.id}:${input.clientId}`,
    });
    switch (outcome.kind) {
      case "started":
        return done({ conversationId: outcome.conversationId, message: outcome.message });
      case "integration_not_found":
      case "contact_not_found":
      case "contact_without_phone":
        return refused(outcome.kind);
      case "refused":
        return refused(outcome.code, outcome.message);
      default:
        return outcome satisfies never;
    }
  },
);

/** Codes: `conversation_not_found`, `assignee_not_found`, `assignee_cannot_see` (`data.name`). */
export const assignConversation = viewerAction(
  { role: "agent", input: z.object({ conversationId: id, assigneeId: id.nullable() }) },
  async (viewer, input): Promise<ActionResult<{ changed: boolean }>> => {
    const outcome = await assign(getDeps(), { ...input, acting: viewer });
    switch (outcome.kind) {
      case "done":
        return done({ changed: outcome.changed });
      case "assignee_cannot_see":
        return { ok: false, code: outcome.kind, data: { name: outcome.name } };
      case "assignee_not_found":
      case "conversation_not_found":
        return refused(outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

export const setConversationState = viewerAction(
  {
    role: "agent",
    input: z.object({ conversationId: id, state: z.enum(["open", "resolved"]) }),
  },
  async (viewer, input): Promise<ActionResult<{ changed: boolean }>> => {
    const outcome = await setState(getDeps(), { ...input, acting: viewer });
    return outcome.kind === "done" ? done({ changed: outcome.changed }) : refused(outcome.kind);
  },
);

type Read = { unread: number; lastReadSeq: number };

export const markRead = viewerAction(
  { role: "agent", input: z.object({ conversationId: id, seq: z.number().int().min(0) }) },
  async (viewer, input): Promise<ActionResult<Read>> => {
    const outcome = await noteRead(getDeps(), { ...input, scope: viewer, userId: viewer.user.id });
    if (outcome.kind !== "done") return refused(outcome.kind);
    return done({ unread: outcome.unread, lastReadSeq: outcome.lastReadSeq });
  },
);

/** Codes: `conversation_not_found`, `nothing_to_mark` (the person has not written yet). */
export const markUnread = viewerAction(
  { role: "agent", input: z.object({ conversationId: id }) },
  async (viewer, input): Promise<ActionResult<Read>> => {
    const outcome = await noteUnread(getDeps(), {
      ...input,
      scope: viewer,
      userId: viewer.user.id,
    });
    if (outcome.kind !== "done") return refused(outcome.kind);
    return done({ unread: outcome.unread, lastReadSeq: outcome.lastReadSeq });
  },
);

export const setBlocked = viewerAction(
  { role: "agent", input: z.object({ personId: id, blocked: z.boolean() }) },
  async (viewer, input): Promise<ActionResult<{ changed: boolean }>> => {
    const outcome = await blockPerson(getDeps(), {
      acting: viewer,
      personId: input.personId,
      isBlocked: input.blocked,
    });
    return outcome.kind === "done" ? done({ changed: outcome.changed }) : refused(outcome.kind);
  },
);

/** An empty field empties what is stored. */
const line = z
  .string()
  .trim()
  .max(200)
  .nullable()
  .transform((text) => text || null);
const notes = z
  .string()
  .trim()
  .max(10_000)
  .nullable()
  .transform((text) => text || null);

type ContactLine = { name: string | null; company: string | null; notes: string | null };

export const updateContact = viewerAction(
  {
    role: "agent",
    input: z.object({
      personId: id,
      name: line.optional(),
      company: line.optional(),
      notes: notes.optional(),
    }),
  },
  async (viewer, { personId, ...contact }): Promise<ActionResult<ContactLine>> => {
    const { workspaceId } = viewer;
    const outcome = await changeContact(getDeps(), { workspaceId, personId, contact });
    switch (outcome.kind) {
      case "updated": {
        const { name, company, notes } = outcome.contact;
        return done({ name, company, notes });
      }
      case "invalid_address":
        return refused(outcome.code, outcome.message);
      case "contact_not_found":
      case "address_taken":
        return refused(outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

/** Codes: `not_found`, `not_retryable` (`data.status`: it has not failed), `already_resent`, `opted_out`. */
export const retryMessage = viewerAction(
  { role: "agent", input: z.object({ messageId: id }) },
  async (viewer, { messageId }): Promise<ActionResult<{ status: string }>> => {
    const { actor } = viewer;
    const outcome = await retry(getDeps(), { scope: viewer, messageId, actor });
    switch (outcome.kind) {
      case "queued":
        return done({ status: outcome.message.status });
      case "not_retryable":
        return { ok: false, code: outcome.kind, data: { status: outcome.status } };
      case "already_resent":
      case "opted_out":
      case "not_found":
        return refused(outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

/** Codes: `not_found`, `no_address`. */
export const recordConsent = viewerAction(
  {
    role: "agent",
    input: z.object({
      personId: id,
      integrationId: id,
      state: z.enum(CONSENT_STATES),
      words: z.string().trim().min(1).max(1000),
      messageId: id.nullable().default(null),
    }),
  },
  async (viewer, input): Promise<ActionResult<null>> => {
    const outcome = await record(getDeps(), viewer, input);
    switch (outcome.kind) {
      case "recorded":
        return { ok: true, data: null };
      case "no_address":
        return refused(outcome.kind);
      case "person_not_found":
      case "integration_not_found":
        return refused("not_found");
      default:
        return outcome satisfies never;
    }
  },
);

/** A probable stop is none. Codes: `not_found`. */
export const dismissStop = viewerAction(
  { role: "agent", input: z.object({ messageId: id }) },
  async (viewer, input): Promise<ActionResult<null>> => {
    const outcome = await dismiss(getDeps(), viewer, input);
    return outcome.kind === "dismissed" ? { ok: true, data: null } : refused(outcome.kind);
  },
);

/** Codes: `not_found`, `not_unconfirmed` (`data.status`: what became of it is known). */
export const confirmMessage = viewerAction(
  { role: "agent", input: z.object({ messageId: id }) },
  async (viewer, { messageId }): Promise<ActionResult<{ status: string }>> => {
    const { actor } = viewer;
    const outcome = await confirm(getDeps(), { scope: viewer, messageId, actor });
    switch (outcome.kind) {
      case "confirmed":
        return done({ status: outcome.message.status });
      case "not_unconfirmed":
        return { ok: false, code: outcome.kind, data: { status: outcome.status } };
      case "not_found":
        return refused(outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

/** Codes: `not_found`, `too_late` (`data.status`: it has left, or is leaving). */
export const cancelMessage = viewerAction(
  { role: "agent", input: z.object({ messageId: id }) },
  async (viewer, { messageId }): Promise<ActionResult<{ status: string }>> => {
    const { actor } = viewer;
    const outcome = await cancel(getDeps(), { scope: viewer, messageId, actor });
    switch (outcome.kind) {
      case "canceled":
        return done({ status: outcome.message.status });
      case "too_late":
        return { ok: false, code: outcome.kind, data: { status: outcome.status } };
      case "not_found":
        return refused(outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);
