import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotForm } from "@/components/auth/forgot-form";
import { Button } from "@/components/ui/button";
import { hasEmailSender } from "@/db/queries/system/senders";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("forgotTitle") };
}

export default async function ForgotPage() {
  const t = await getTranslations("auth");
  const sendsMail = await hasEmailSender(getDeps().db);
  return (
    <AuthCard title={t("forgotTitle")} lead={t(sendsMail ? "forgotByMail" : "forgotWithoutMail")}>
      {sendsMail ? <ForgotForm /> : null}
      {sendsMail ? <p className="text-muted text-sm">{t("forgotOtherwise")}</p> : null}
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
