import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { SetupForm } from "@/components/auth/setup-form";
import { findOneTimeToken } from "@/db/queries/system/one-time-links";
import { hasUsers } from "@/db/queries/system/users";
import { hashSecret } from "@/lib/auth/secrets";
import { getDeps } from "@/lib/runtime";

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("setupTitle") };
}

export default async function SetupPage({ searchParams }: Props) {
  const { db, clock } = getDeps();
  const [{ token }, t] = await Promise.all([searchParams, getTranslations("auth")]);
  const secret = typeof token === "string" ? token : "";
  const lookup = { kind: "setup", tokenHash: hashSecret(secret), now: clock.now() } as const;
  const isOpen = (await findOneTimeToken(db, lookup)) && !(await hasUsers(db));
  if (!isOpen) return <DeadLink>{t("deadSetup")}</DeadLink>;
  return (
    <AuthCard title={t("setupTitle")} lead={t("setupLead")}>
      <SetupForm token={secret} />
    </AuthCard>
  );
}
