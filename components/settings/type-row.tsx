"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { TypeDialog } from "./type-dialog";
import type { ShownType } from "./type-values";

/** A type in the list: what it is, how it is told, whether it is on. */
export function TypeRow({ type }: { type: ShownType }) {
  const t = useTranslations("notificationTypes");
  const locale = useLocale() === "fr" ? "fr" : "en";
  const told = [
    t(`kinds.${type.kind}`),
    t(`severities.${type.severities[0]}`),
    type.channels.map((channel) => t(`channels.${channel}`)).join(", "),
  ];
  return (
    <li className="flex items-start justify-between gap-3 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="font-medium">{type.names[locale]}</span>
          {type.isActive ? null : <Badge tone="warning">{t("off")}</Badge>}
          {type.isTimeSensitive ? <Badge tone="outline">{t("timeSensitive")}</Badge> : null}
          {type.origin === "ready" ? null : (
            <Badge tone="outline">{t(`origins.${type.origin}`)}</Badge>
          )}
        </p>
        <p className="text-muted text-xs">
          <code className="break-all font-mono">{type.key}</code>
        </p>
        <p className="text-muted text-xs">{told.join(" · ")}</p>
        {type.hasTemplate ? null : <p className="text-muted text-xs">{t("ownWords")}</p>}
      </div>
      <div className="flex shrink-0 flex-wrap justify-end gap-2">
        {type.origin === "own" ? (
          <Button asChild size="sm">
            <Link
              href={`/settings/notification-types/${type.key}`}
              aria-label={t("wordsOf", { name: type.names[locale] })}
            >
              {t("words")}
            </Link>
          </Button>
        ) : null}
        <TypeDialog type={type} />
      </div>
    </li>
  );
}
