import { findStartSender } from "../../db/queries/start-sender";
import { findUserByEmail, listHomesOfUser } from "../../db/queries/system/users";
import { insertAudit } from "../../db/writes/audit";
import { replaceOneTimeToken } from "../../db/writes/one-time-tokens";
import { normaliseEmail } from "../domain/email-address";
import { resetMail } from "../domain/reset-mail";
import type { Scope } from "../domain/viewer";
import type { Locale } from "../domain/words";
import { sealText } from "../outbound/sealed-text";
import { sendMessages } from "../outbound/send-messages";
import type { Deps } from "../ports/deps";
import { mintSecret } from "./secrets";
import { countResetRequest } from "./sign-in-limits";

const LIFETIME_MS = 3_600_000;

export type ResetRequest = {
  email: string;
  /** The browser's, for the limit. */
  address: string | null;
};

export type ResetRequestOutcome =
  /** Also where nobody has this address: who asks learns nothing about others. */
  { kind: "asked" } | { kind: "invalid_email" } | { kind: "throttled"; waitSeconds: number };

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;

/**
 * Mails a link by which a forgotten password is replaced: works once, for an hour. It goes through the
 * outbox of the person's first workspace that sends e-mail, sealed, since colleagues read that.
 */
export async function requestReset(
  deps: Needs,
  { email: given, address }: ResetRequest,
): Promise<ResetRequestOutcome> {
  const email = normaliseEmail(given);
  if (!email) return { kind: "invalid_email" };
  const waitSeconds = await countResetRequest(deps, { email, address });
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const user = await findUserByEmail(deps.db, email);
  const home = user && (await findMailingHome(deps, user.id));
  if (user && home) await mailLink(deps, home, user);
  return { kind: "asked" };
}

/** null: none of their workspaces sends e-mail. */
async function findMailingHome(deps: Needs, userId: string): Promise<Scope | null> {
  for (const { workspaceId } of await listHomesOfUser(deps.db, userId)) {
    const scope = { workspaceId, integrations: "all" } as const;
    if (await findStartSender(deps.db, scope, { channel: "email" })) return scope;
  }
  return null;
}

type Recipient = { id: string; email: string; locale: Locale };

async function mailLink(deps: Needs, scope: Scope, user: Recipient) {
  const { secret, hash } = mintSecret(deps.chance);
  await storeToken(deps, scope, { userId: user.id, tokenHash: hash });
  const link = `${deps.settings.appUrl}/reset/${secret}`;
  const { subject, text, html, standIn } = resetMail(user.locale, link);
  const outcome = await sendMessages(deps, {
    acting: { ...scope, actor: { kind: "system" } },
    messages: [
      {
        channel: "email",
        to: user.email,
        body: standIn,
        email: { subject, html: null, sealed: sealText(deps, { text, html }) },
        lane: "interactive",
        isSystem: true,
        mediaIds: [],
        template: null,
        sendAt: null,
        expiresAt: new Date(deps.clock.now().getTime() + LIFETIME_MS),
        integrationId: null,
        metadata: null,
        idempotencyKey: null,
      },
    ],
  });
  if (outcome.kind === "stored") return;
  deps.log.warn(
    { userId: user.id, code: outcome.refusal.code },
    "[AUTH] A reset link was not sent",
  );
}

async function storeToken(
  deps: Needs,
  { workspaceId }: Scope,
  { userId, tokenHash }: { userId: string; tokenHash: string },
) {
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await replaceOneTimeToken(tx, {
      id: deps.chance.uuid(),
      kind: "password_reset",
      userId,
      tokenHash,
      createdAt: at,
      expiresAt: new Date(at.getTime() + LIFETIME_MS),
    });
    const target = { type: "user", id: userId };
    const actor = { kind: "system" } as const;
    await insertAudit(tx, { workspaceId, at, actor, action: "user.reset_link_mailed", target });
  });
}
