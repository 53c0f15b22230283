import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { LoginForm } from "@/components/auth/login-form";
import { demoLogins } from "@/lib/auth/demo-logins";
import { findViewer } from "@/lib/auth/viewer";
import { getRuntime } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

export default async function LoginPage() {
  if (await findViewer()) redirect("/");
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("signInTitle")}>
      <LoginForm demoLogins={getRuntime().isDemo ? demoLogins() : []} />
    </AuthCard>
  );
}
