"use client";

import { useTranslations } from "next-intl";

/** The sentence for a refusal's machine word; the server's own text where we have none. */
export function useRefusal(): (code: string, message: string | null) => string {
  const t = useTranslations("composer.refusals");
  return (code, message) => (t.has(code) ? t(code) : (message ?? t("unexpected")));
}
