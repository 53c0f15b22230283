import { accounts } from "../../db/schema";
import type { Provider } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { type MessageToSend, sendMessages } from "../../lib/outbound/send-messages";
import type { TestDeps } from "./deps";
import { createIntegration, createWorkspace } from "./workspace";

export const MAIL_DOMAIN = "mail.carillon.example";

/** A default sender of e-mails, with an account of its own. */
export async function addMailSender(
  deps: Pick<TestDeps, "db" | "clock" | "chance" | "cipher">,
  workspaceId: WorkspaceId,
  provider: Provider = "resend",
) {
  const now = deps.clock.now();
  const account = { id: deps.chance.uuid(), sid: `${workspaceId}.example`, token: "re_test" };
  await deps.db.insert(accounts).values({
    id: account.id,
    workspaceId,
    provider,
    sid: account.sid,
    tokenSealed: deps.cipher.seal(account.token),
    createdAt: now,
    updatedAt: now,
  });
  const sender = await createIntegration(
    deps,
    { workspaceId, account },
    {
      type: "email",
      sender: `notices@${MAIL_DOMAIN}`,
      fromName: "La Bibliothèque",
      isDefault: true,
    },
  );
  return { account, sender };
}

/** A tenant with a default sender of e-mails, and what its tests ask of it. */
export async function openMailSender(deps: TestDeps, provider: Provider = "resend") {
  const workspace = await createWorkspace(deps);
  const { workspaceId } = workspace;
  const { account, sender } = await addMailSender(deps, workspaceId, provider);
  const scope = { workspaceId, integrations: "all" as const };
  const acting = { ...scope, actor: { kind: "system" } as const };
  const send = (values: Partial<MessageToSend> = {}) =>
    sendMessages(deps, { acting, messages: [{ ...mail("ada@example.test"), ...values }] });
  return {
    workspace,
    account,
    sender,
    scope,
    acting,
    send,
    /** The id of a stored mail. */
    store: async (values: Partial<MessageToSend> = {}) => {
      const outcome = await send(values);
      if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal));
      const [id = ""] = outcome.messageIds;
      return id;
    },
  };
}

/** A mail as a system hands it over. */
export function mail(to: string): MessageToSend {
  return {
    channel: "email",
    to,
    body: "Votre livre vous attend.",
    email: { subject: "Votre livre", html: "<p>Votre livre vous attend.</p>" },
    mediaIds: [],
    template: null,
    sendAt: null,
    expiresAt: null,
    integrationId: null,
    metadata: null,
    idempotencyKey: null,
  };
}
