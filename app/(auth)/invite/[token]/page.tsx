import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { InviteForm } from "@/components/auth/invite-form";
import { findInvitationByToken } from "@/db/queries/system/one-time-links";
import { findUserByEmail } from "@/db/queries/system/users";
import { hashSecret } from "@/lib/auth/secrets";
import { getDeps } from "@/lib/runtime";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("inviteTitle") };
}

export default async function InvitePage({ params }: Props) {
  const { db, clock } = getDeps();
  const [{ token }, t, roles] = await Promise.all([
    params,
    getTranslations("auth"),
    getTranslations("shell.roles"),
  ]);
  const lookup = { tokenHash: hashSecret(token), now: clock.now() };
  const invitation = await findInvitationByToken(db, lookup);
  if (!invitation) return <DeadLink>{t("deadInvite")}</DeadLink>;
  const user = await findUserByEmail(db, invitation.email);
  const lead = t("inviteLead", {
    inviter: invitation.inviterName ?? t("anAdministrator"),
    workspace: invitation.workspaceName,
    role: roles(invitation.role),
  });
  return (
    <AuthCard title={t("inviteTitle")} lead={lead}>
      <InviteForm
        token={token}
        email={invitation.email}
        name={user?.name ?? invitation.name ?? ""}
        hasAccount={Boolean(user?.passwordHash)}
      />
    </AuthCard>
  );
}
