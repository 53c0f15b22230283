"use client";

import { BellOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import type { ChangePreferences } from "./use-auto-save";

const HOUR_MS = 3_600_000;
const SPANS = [
  ["hour", HOUR_MS],
  ["fourHours", 4 * HOUR_MS],
  ["day", 24 * HOUR_MS],
  ["week", 7 * 24 * HOUR_MS],
] as const;

type Props = { mutedUntil: string | null; onChange: ChangePreferences };

/** Nothing comes for a while: it is refused, not kept. */
export function MuteRow({ mutedUntil, onChange }: Props) {
  const t = useTranslations("preferences.mute");
  const format = useFormatter();
  if (mutedUntil !== null) {
    const at = format.dateTime(new Date(mutedUntil), { dateStyle: "medium", timeStyle: "short" });
    return (
      <Banner
        tone="warning"
        title={t("muted", { at })}
        action={<Button onClick={() => onChange({ mutedUntil: null })}>{t("unmute")}</Button>}
      />
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {SPANS.map(([name, ms]) => (
        <Button
          key={name}
          onClick={() => onChange({ mutedUntil: new Date(Date.now() + ms).toISOString() })}
        >
          <BellOff aria-hidden />
          {t(name)}
        </Button>
      ))}
    </div>
  );
}
