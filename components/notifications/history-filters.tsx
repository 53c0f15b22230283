"use client";

import { Columns3, FilterX, ListFilter, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "@/lib/domain/deciding/words";
import { DELIVERY_STATES } from "@/lib/domain/history/delivery-state";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { cn } from "../ui/cn";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Label } from "../ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { Select } from "../ui/select";
import {
  HISTORY_COLUMNS,
  type HistoryFilter,
  type HistoryPlace,
  hrefOf,
  isFiltered,
  unfiltered,
} from "./history-place";
import { useTypeName } from "./use-type-name";

type Props = { place: HistoryPlace; types: readonly string[] };

/** Narrows the history; every choice is in the URL at once. */
export function HistoryFilters({ place, types }: Props) {
  const t = useTranslations("history.filters");
  const states = useTranslations("notifications.states");
  const severities = useTranslations("notifications.severities");
  const channels = useTranslations("preferences.channels.short");
  const typeName = useTypeName();
  const router = useRouter();
  const [isPending, start] = useTransition();
  // On a phone the choices would push the list off the screen.
  const [isUnfolded, setUnfolded] = useState(false);
  const go = (next: HistoryPlace) =>
    start(() => router.push(hrefOf({ ...next, cursor: null, open: null }), { scroll: false }));
  const set = (change: Partial<HistoryFilter>) =>
    go({ ...place, filter: { ...place.filter, ...change } });
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set({ q: String(new FormData(event.currentTarget).get("q") ?? "").trim() });
  };
  const { filter } = place;
  const choice = (
    name: "channel" | "status" | "type" | "severity",
    options: readonly { value: string; label: string }[],
  ) => (
    <Field label={t(name)} className="min-w-28 flex-1 max-sm:basis-36">
      <Select
        value={filter[name] ?? ""}
        onChange={(event) => set({ [name]: event.target.value || null })}
      >
        <option value="">{t("any")}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
  const day = (name: "since" | "until") => (
    <Field label={t(name)} className="min-w-34 flex-1 max-sm:basis-36">
      <Input
        type="date"
        value={filter[name] ?? ""}
        onChange={(event) => set({ [name]: event.target.value || null })}
      />
    </Field>
  );
  const narrowed = Object.values(filter).filter(Boolean).length;
  return (
    <search
      aria-label={t("label")}
      aria-busy={isPending}
      className="flex flex-wrap items-end gap-2"
    >
      <form onSubmit={search} className="relative min-w-44 flex-[2] max-sm:basis-full">
        <Field label={t("q")}>
          <Input
            type="search"
            name="q"
            key={filter.q}
            defaultValue={filter.q}
            maxLength={100}
            className="pr-9"
          />
        </Field>
        <Button
          type="submit"
          variant="ghost"
          aria-label={t("search")}
          loading={isPending}
          className="absolute right-0 bottom-0 w-8 px-0 max-sm:h-10 max-sm:w-10"
        >
          <Search aria-hidden />
        </Button>
      </form>
      <Button
        className="w-full sm:hidden"
        aria-expanded={isUnfolded}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        <ListFilter aria-hidden />
        {t("narrow", { count: narrowed })}
      </Button>
      <div className={cn("contents", !isUnfolded && "max-sm:hidden")}>
        {choice(
          "status",
          DELIVERY_STATES.map((value) => ({ value, label: states(value) })),
        )}
        {choice(
          "channel",
          NOTIFICATION_CHANNELS.map((value) => ({ value, label: channels(value) })),
        )}
        {choice(
          "type",
          types.map((value) => ({ value, label: typeName(value) })),
        )}
        {choice(
          "severity",
          SEVERITIES.map((value) => ({ value, label: severities(value) })),
        )}
        {day("since")}
        {day("until")}
      </div>
      <IconButton
        label={t("clear")}
        // Always there, so that nothing beside it moves.
        disabled={!isFiltered(place)}
        className="max-sm:hidden"
        onClick={() => go(unfiltered(place))}
      >
        <FilterX />
      </IconButton>
      {isFiltered(place) ? (
        <Button className="w-full sm:hidden" onClick={() => go(unfiltered(place))}>
          {t("clear")}
        </Button>
      ) : null}
      <ColumnChoice place={place} />
    </search>
  );
}

function ColumnChoice({ place }: { place: HistoryPlace }) {
  const t = useTranslations("history");
  const router = useRouter();
  const toggle = (column: (typeof HISTORY_COLUMNS)[number], isShown: boolean) => {
    const others = place.hidden.filter((one) => one !== column);
    const hidden = isShown ? others : [...others, column];
    router.replace(hrefOf({ ...place, hidden }), { scroll: false });
  };
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          aria-label={t("chooseColumns")}
          title={t("chooseColumns")}
          className="w-8 px-0 max-lg:hidden"
        >
          <Columns3 aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex flex-col gap-2 p-3" aria-label={t("chooseColumns")}>
        {HISTORY_COLUMNS.map((column) => (
          <span key={column} className="flex items-center gap-2">
            <Checkbox
              id={`column-${column}`}
              checked={!place.hidden.includes(column)}
              onCheckedChange={(checked) => toggle(column, checked === true)}
            />
            <Label htmlFor={`column-${column}`}>{t(`columns.${column}`)}</Label>
          </span>
        ))}
      </PopoverContent>
    </Popover>
  );
}
