"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cheapenText } from "@/lib/domain/cheapen-text";
import type { SegmentMeasure } from "@/lib/domain/segments";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";

/** UTF-16 units; the providers' limit of a body. */
export const MAX_UNITS = 1600;
/** More parts than this and the agent is warned. */
const WARN_OVER = 3;
const MAX_SHOWN = 6;

type Props = {
  text: string;
  /** Of `text` with what is appended to it. */
  measure: SegmentMeasure;
  /** Of another text in its place, in the same way. */
  remeasure: (text: string) => SegmentMeasure;
  onCheapen: (text: string) => void;
};

/** How many SMS a text is billed as, which characters make it dear, and one click to make it cheap. */
export function SegmentMeter({ text, measure, remeasure, onCheapen }: Props) {
  const t = useTranslations("composer.meter");
  if (measure.units === 0) return null;
  const isLong = measure.segments > WARN_OVER;
  const cheap = measure.guilty.length > 0 ? cheapenText(text) : text;
  const saves = cheap === text ? 0 : measure.segments - remeasure(cheap).segments;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-subtle text-xs">
      <Tooltip label={t(measure.encoding === "UCS-2" ? "unicodeHelp" : "plainHelp")}>
        <span
          role="status"
          className={cn("tabular-nums", isLong && "font-medium text-warning-fg")}
          data-segments={measure.segments}
        >
          {isLong ? <TriangleAlert className="-mt-px mr-1 inline size-3.5" aria-hidden /> : null}
          {t("count", { segments: measure.segments, units: measure.units })}
        </span>
      </Tooltip>
      {isLong ? <span className="text-warning-fg">{t("long")}</span> : null}
      {measure.guilty.length > 0 ? (
        <span className="flex items-center gap-1">
          <span className="max-sm:hidden">{t("because")}</span>
          {measure.guilty.slice(0, MAX_SHOWN).map((character) => (
            <kbd
              key={character}
              className="rounded-xs bg-warning-soft px-1 font-sans text-warning-fg leading-4"
            >
              {visible(character)}
            </kbd>
          ))}
          {measure.guilty.length > MAX_SHOWN ? `+${measure.guilty.length - MAX_SHOWN}` : null}
        </span>
      ) : null}
      {cheap !== text ? (
        <Button
          size="xs"
          variant="ghost"
          className="text-accent-fg"
          onClick={() => onCheapen(cheap)}
        >
          {saves > 0 ? t("cheapenSaving", { count: saves }) : t("cheapen")}
        </Button>
      ) : null}
    </div>
  );
}

/** Spaces that nobody sees are named. */
function visible(character: string): string {
  return /^\s$/u.test(character) ? "␣" : character;
}
