"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useTransition } from "react";
import { chooseLocale } from "@/app/(auth)/actions";
import { LOCALES, type Locale } from "@/lib/domain/words";
import { Button } from "../ui/button";

const NAMES: Record<Locale, string> = { fr: "Français", en: "English" };

/** The page's language, for people who are not signed in. */
export function LanguageSwitch() {
  const current = useLocale();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const choose = (locale: Locale) =>
    startTransition(async () => {
      await chooseLocale({ locale });
      router.refresh();
    });
  return (
    <div className="flex justify-center gap-1">
      {LOCALES.map((locale) => (
        <Button
          key={locale}
          lang={locale}
          variant="ghost"
          size="sm"
          aria-pressed={locale === current}
          disabled={isPending}
          onClick={() => choose(locale)}
        >
          {NAMES[locale]}
        </Button>
      ))}
    </div>
  );
}
