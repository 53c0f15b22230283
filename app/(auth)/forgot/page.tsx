import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { Button } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("forgotTitle") };
}

export default async function ForgotPage() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("forgotTitle")} lead={t("forgotLead")}>
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-sm marker:text-subtle">
        <li>{t("forgotAdmin")}</li>
        <li>
          {t("forgotOwner")}
          <code className="mt-1 block overflow-x-auto rounded-md bg-canvas px-2 py-1.5 font-mono text-xs">
            npm run -s user -- reset {t("forgotExample")}
          </code>
        </li>
      </ol>
      <Button asChild>
        <Link href="/login">{t("toLogin")}</Link>
      </Button>
    </AuthCard>
  );
}
