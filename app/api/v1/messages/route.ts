import { findMessages, listMessages } from "@/db/queries/messages";
import { findWorkspaceCountry } from "@/db/queries/workspace-country";
import { normalisePhone } from "@/lib/domain/phone-number";
import { type ApiContext, apiRoute, invalid } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import type { FieldFault } from "@/lib/http/problem";
import { takeMediaUrls } from "@/lib/http/take-media-urls";
import { type MessageToSend, sendMessages } from "@/lib/outbound/send-messages";
import { sendProblem, toMessage } from "./answers";
import type { MessageInput } from "./schema";
import * as operations from "./schema";

const list = apiRoute(operations.listMessages, async ({ deps, caller, query }) => {
  const { cursor, limit, to, ...rest } = query;
  const country = to ? await findWorkspaceCountry(deps.db, caller.workspaceId) : "FR";
  const phone = to ? normalisePhone(to, country) : null;
  const filter = { ...rest, to: phone?.ok ? phone.e164 : to };
  const page = await listMessages(deps.db, caller, { filter, cursor, limit });
  return { status: 200, body: { data: page.messages.map(toMessage), nextCursor: page.nextCursor } };
});

const send = apiRoute(operations.sendMessages, async ({ body, ...context }) => {
  const inputs = Array.isArray(body) ? body : [body];
  const prepared = await prepare(context, inputs, Array.isArray(body));
  if ("errors" in prepared) return { problem: invalid(prepared.errors, "media_not_fetched") };
  const { deps, caller } = context;
  const outcome = await sendMessages(deps, { acting: caller, messages: prepared.messages });
  if (outcome.kind === "refused") {
    const prefix = Array.isArray(body) ? `${outcome.index}.` : "";
    return { problem: sendProblem(outcome.refusal, prefix) };
  }
  const data = (await findMessages(deps.db, caller, outcome.messageIds)).map(toMessage);
  const [first] = data;
  if (!Array.isArray(body) && first) {
    return { status: 202, body: first, headers: { location: `/api/v1/messages/${first.id}` } };
  }
  return { status: 202, body: { data } };
});

type Context = Omit<ApiContext, "params" | "query" | "body">;

/** Fetches what is to be fetched and names each message's own key. */
async function prepare(
  context: Context,
  inputs: readonly MessageInput[],
  isBatch: boolean,
): Promise<{ messages: MessageToSend[] } | { errors: FieldFault[] }> {
  const { deps, caller, idempotencyKey } = context;
  const messages: MessageToSend[] = [];
  for (const [index, input] of inputs.entries()) {
    const path = isBatch ? `${index}.mediaUrls` : "mediaUrls";
    const taken = await takeMediaUrls(deps, { caller, urls: input.mediaUrls ?? [], path });
    if (!taken.ok) return { errors: taken.errors };
    messages.push({
      channel: input.channel,
      to: input.to,
      body: input.body ?? "",
      template: input.template
        ? {
            ref: input.template,
            variables: input.variables ?? {},
            language: input.locale ?? null,
          }
        : null,
      email:
        input.channel === "email" && !input.template
          ? { subject: input.subject ?? "", html: input.html ?? null }
          : null,
      mediaIds: [...(input.mediaIds ?? []), ...taken.mediaIds],
      sendAt: input.sendAt ?? null,
      expiresAt: input.expiresAt ?? null,
      integrationId: input.integrationId ?? null,
      metadata: input.metadata ?? null,
      idempotencyKey: idempotencyKey && `${idempotencyKey}:${index}`,
    });
  }
  return { messages };
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: send });
