import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LinkedPreferences } from "@/components/preferences/linked-preferences";
import { EmptyState } from "@/components/ui/empty-state";
import { getDeps } from "@/lib/runtime";
import { readLinked } from "./read-linked";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("linked");
  return { title: t("title"), referrer: "no-referrer", robots: { index: false, follow: false } };
}

/** Opened from a message by whoever holds it, and by programs that look at links: it changes nothing. */
export default async function LinkedPreferencesPage({ params }: Props) {
  const [{ token }, t, locale] = await Promise.all([
    params,
    getTranslations("linked"),
    getLocale(),
  ]);
  const reader = locale === "en" ? "en" : "fr";
  const found = await readLinked(getDeps(), { token, locale: reader });
  if (!found) return <EmptyState title={t("deadTitle")}>{t("dead")}</EmptyState>;
  return <LinkedPreferences token={token} {...found} />;
}
