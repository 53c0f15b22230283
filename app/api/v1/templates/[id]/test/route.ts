import { findMessages } from "@/db/queries/messages";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { findTemplate } from "@/lib/templates/find-template";
import { sendTest } from "@/lib/templates/send-test";
import { sendProblem, toMessage } from "../../../messages/answers";
import { fillingProblem } from "../../answers";
import * as operations from "../../schema";
import { valuesOf } from "../../values";

const test = apiRoute(operations.testTemplate, async (context) => {
  const { deps, caller, params, body, idempotencyKey } = context;
  const { workspaceId } = caller;
  const template = await findTemplate(deps.db, { workspaceId, id: params.id });
  if (!template) return { problem: notFound() };
  const data = await valuesOf(context, template, body);
  const { to, integrationId = null } = body;
  const asked = { template, to, data, integrationId, idempotencyKey };
  const outcome = await sendTest(deps, caller, asked);
  if (!("kind" in outcome)) return { problem: fillingProblem(outcome) };
  if (outcome.kind === "not_sent") return { problem: sendProblem(outcome.refusal) };
  const [message] = await findMessages(deps.db, caller, [outcome.messageId]);
  return message ? { status: 202, body: toMessage(message) } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: test });
