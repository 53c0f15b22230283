import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ResetForm } from "@/components/auth/reset-form";
import { findOneTimeToken } from "@/db/queries/system/one-time-links";
import { hashSecret } from "@/lib/auth/secrets";
import { getDeps } from "@/lib/runtime";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("resetTitle") };
}

export default async function ResetPage({ params }: Props) {
  const { db, clock } = getDeps();
  const [{ token }, t] = await Promise.all([params, getTranslations("auth")]);
  const tokenHash = hashSecret(token);
  const link = await findOneTimeToken(db, { kind: "password_reset", tokenHash, now: clock.now() });
  if (!link?.email) return <DeadLink>{t("deadReset")}</DeadLink>;
  return (
    <AuthCard title={t("resetTitle")} lead={t("resetLead")}>
      <ResetForm token={token} email={link.email} />
    </AuthCard>
  );
}
