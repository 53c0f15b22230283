"use client";

import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { hasRole } from "@/lib/domain/words";
import { useInbox } from "../inbox/inbox-context";
import { Button } from "../ui/button";

/** To how a contact wants to be reached; administrators change it. */
export function PreferencesLink({ personId }: { personId: string }) {
  const t = useTranslations("othersPreferences");
  const { viewer } = useInbox();
  if (!hasRole(viewer.role, "admin")) return null;
  return (
    <Button asChild size="sm" variant="ghost" className="-ml-2.5 self-start">
      <Link href={`/settings/people/${personId}/preferences`}>
        <SlidersHorizontal aria-hidden />
        {t("open")}
      </Link>
    </Button>
  );
}
