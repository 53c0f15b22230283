import { findStartSender } from "../../db/queries/start-sender";
import { findContents } from "../../db/queries/templates";
import { findWorkspace } from "../../db/queries/workspaces";
import { insertAudit } from "../../db/writes/audit";
import type { Template } from "../domain/templates/template";
import { approvedOf, wordApproved } from "../domain/templates/template-book";
import { type Worded, wordTemplate } from "../domain/templates/word-template";
import type { Administrator, Caller } from "../domain/viewer";
import { type MessageToSend, type SendRefusal, sendMessages } from "../outbound/send-messages";
import type { Deps } from "../ports/deps";

export type SendTestOutcome =
  /** On its way; its row tells the rest. */
  | { kind: "sent"; messageId: string }
  /** The values do not fit the template. */
  | Extract<Worded, { ok: false }>
  | { kind: "not_sent"; refusal: SendRefusal };

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;

type Testing = {
  /** As it is stored, or as it stands in the editor. */
  template: Template;
  /** A number or address as somebody wrote it. */
  to: string;
  data: Readonly<Record<string, unknown>>;
  /** null: the channel's default sender. */
  integrationId: string | null;
  idempotencyKey: string | null;
};

/**
 * R108: sends a template for real to a chosen number or address, through the same outbox as everything
 * else. It counts among no template's uses.
 */
export async function sendTest(
  deps: Needs,
  by: Administrator & Caller,
  { template, to, data, integrationId, idempotencyKey }: Testing,
): Promise<SendTestOutcome> {
  const { workspaceId } = by;
  const { channel } = template;
  const workspace = await findWorkspace(deps.db, workspaceId);
  if (!workspace) throw new Error("a workspace id is of a workspace");
  const filling = { data, zone: workspace.timeZone, brand: workspace.name };
  const worded = wordTemplate(template, filling);
  if (!worded.ok) return worded;
  const { words } = worded;
  const sender = await findStartSender(
    deps.db,
    by,
    integrationId ? { integrationId } : { channel },
  );
  const contents = await findContents(deps.db, { workspaceId, own: [template] });
  const found = sender && approvedOf({ contents }, template, sender.id);
  const approved = found && wordApproved(found, filling);
  const message: MessageToSend = {
    channel,
    to,
    body: approved?.body ?? words.body,
    filled: approved?.approved ?? null,
    email: channel === "email" ? { subject: words.subject, html: words.html } : null,
    lane: "interactive",
    integrationId,
    idempotencyKey,
    mediaIds: [],
    template: null,
    sendAt: null,
    expiresAt: null,
    metadata: { test: "template", templateId: template.id },
  };
  const outcome = await sendMessages(deps, { acting: by, messages: [message] });
  if (outcome.kind === "refused") return { kind: "not_sent", refusal: outcome.refusal };
  const [messageId = ""] = outcome.messageIds;
  await recordTest(deps, by, { id: template.id, messageId });
  return { kind: "sent", messageId };
}

async function recordTest(
  deps: Needs,
  { workspaceId, actor }: Administrator,
  { id, messageId }: { id: string; messageId: string },
) {
  const at = deps.clock.now();
  const target = { type: "template", id };
  const action = "template.tested";
  await insertAudit(deps.db, { workspaceId, at, actor, action, target, data: { messageId } });
}
