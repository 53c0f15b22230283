"use client";

import { useTranslations } from "next-intl";
import { CopyField } from "../settings/copy-field";
import { Banner } from "../ui/banner";

/** A secret as it is shown once. */
export function ShownSecret({ secret }: { secret: string }) {
  const t = useTranslations("settings.webhooks");
  return (
    <>
      <Banner tone="warning">{t("shownOnce")}</Banner>
      <CopyField label={t("secret")} value={secret} />
    </>
  );
}
