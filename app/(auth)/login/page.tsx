import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { LoginForm } from "@/components/auth/login-form";
import { demoLogins } from "@/lib/auth/demo-logins";
import { findViewer } from "@/lib/auth/viewer";
import { landingPath } from "@/lib/domain/landing-path";
import { getRuntime } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function LoginPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const landing = landingPath(typeof next === "string" ? next : null);
  if (await findViewer()) redirect(landing);
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("signInTitle")}>
      <LoginForm landing={landing} demoLogins={getRuntime().isDemo ? demoLogins() : []} />
    </AuthCard>
  );
}
