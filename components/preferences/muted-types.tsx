"use client";

import { BellRing } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "../ui/button";
import type { NamedType } from "./named-type";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

type Props = { shown: ShownPreferences; types: readonly NamedType[]; onChange: ChangePreferences };

/** Types that were muted in the held box, with the way back; nothing where none is. */
export function MutedTypes({ shown: { mutedTypes }, types, onChange }: Props) {
  const t = useTranslations("held");
  const format = useFormatter();
  const nameOf = (key: string) => types.find((type) => type.key === key)?.name ?? key;
  const standing = Object.entries(mutedTypes);
  if (standing.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {standing.map(([type, until]) => (
        <li key={type} className="flex flex-wrap items-center justify-between gap-2 text-sm">
          <span className="min-w-0">
            {t("mutedType", {
              type: nameOf(type),
              at: format.dateTime(new Date(until), "moment"),
            })}
          </span>
          <Button
            size="sm"
            aria-label={t("unmuteOf", { type: nameOf(type) })}
            onClick={() => {
              const { [type]: _, ...others } = mutedTypes;
              onChange({ mutedTypes: others });
            }}
          >
            <BellRing aria-hidden />
            {t("unmute")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
