"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { WEEKDAYS, type Weekday } from "@/lib/domain/deciding/local-time";
import type { WeeklyHours } from "@/lib/domain/deciding/weekly-hours";
import { Button } from "../ui/button";
import { FieldError } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Label } from "../ui/label";

/** What the API keeps at most. */
const MOST = 20;

type Props = {
  hours: readonly WeeklyHours[];
  /** What is added first. */
  usual: WeeklyHours;
  /** Said where there are none. */
  none: string;
  /** On the button that adds some. */
  add: string;
  onChange: (hours: WeeklyHours[]) => void;
};

/** Spans of hours by weekday. */
export function WeeklyHoursEditor({ hours: all, usual, none, add, onChange }: Props) {
  const put = (nth: number, hours: WeeklyHours | null) =>
    onChange(all.flatMap((one, n) => (n === nth ? (hours ?? []) : one)));
  return (
    <>
      {all.length === 0 ? <p className="text-muted text-sm">{none}</p> : null}
      <ul className="flex flex-col gap-4 empty:hidden">
        {all.map((hours, nth) => (
          // A span has no name of its own; its place is what it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: spans are never put in another order
          <Span key={nth} hours={hours} onPut={(changed) => put(nth, changed)} />
        ))}
      </ul>
      {all.length < MOST ? (
        <Button className="self-start" onClick={() => onChange([...all, usual])}>
          <Plus aria-hidden />
          {add}
        </Button>
      ) : null}
    </>
  );
}

type SpanProps = { hours: WeeklyHours; onPut: (hours: WeeklyHours | null) => void };

function Span({ hours, onPut }: SpanProps) {
  const t = useTranslations("preferences.quiet");
  const turn = (day: Weekday) => {
    const days = WEEKDAYS.filter((one) => (one === day) !== hours.days.includes(one));
    if (days.length > 0) onPut({ ...hours, days });
  };
  return (
    <li className="flex flex-wrap items-center gap-3">
      <fieldset className="flex gap-1">
        <legend className="sr-only">{t("days")}</legend>
        {WEEKDAYS.map((day) => {
          const isOn = hours.days.includes(day);
          return (
            <Button
              key={day}
              size="sm"
              className="w-8 px-0 max-sm:h-9 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-fg"
              aria-pressed={isOn}
              aria-label={t(`names.${day}`)}
              // One day at least: without any there would be no span.
              disabled={isOn && hours.days.length === 1}
              onClick={() => turn(day)}
            >
              {t(`short.${day}`)}
            </Button>
          );
        })}
      </fieldset>
      <Times key={`${hours.start} ${hours.end}`} hours={hours} onPut={onPut} />
      <IconButton label={t("remove")} onClick={() => onPut(null)}>
        <Trash2 />
      </IconButton>
    </li>
  );
}

/** From when to when; kept once both are whole times of day and differ, when the field is left. */
function Times({ hours, onPut }: SpanProps) {
  const t = useTranslations("preferences.quiet");
  const id = useId();
  const [times, setTimes] = useState({ start: hours.start, end: hours.end });
  const isSame = times.start === times.end;
  const keep = () => {
    const isWhole = times.start !== "" && times.end !== "" && !isSame;
    const isNew = times.start !== hours.start || times.end !== hours.end;
    if (isWhole && isNew) onPut({ ...hours, ...times });
  };
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm max-sm:order-1 max-sm:basis-full">
      {(["start", "end"] as const).map((side) => (
        <span key={side} className="flex items-center gap-2">
          <Label htmlFor={`${id}-${side}`} className="font-normal text-muted">
            {t(side)}
          </Label>
          <Input
            id={`${id}-${side}`}
            type="time"
            required
            className="w-32"
            value={times[side]}
            aria-invalid={isSame || undefined}
            onChange={({ target }) => setTimes({ ...times, [side]: target.value })}
            onBlur={keep}
            onKeyDown={({ key }) => {
              if (key === "Enter") keep();
            }}
          />
        </span>
      ))}
      {isSame ? <FieldError>{t("same")}</FieldError> : null}
    </span>
  );
}
