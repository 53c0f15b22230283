"use client";

import { Columns3, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useTransition } from "react";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "@/lib/domain/deciding/words";
import { DELIVERY_STATES } from "@/lib/domain/history/delivery-state";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
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
    <Field label={t(name)} className="w-36">
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
    <Field label={t(name)} className="w-36">
      <Input
        type="date"
        value={filter[name] ?? ""}
        onChange={(event) => set({ [name]: event.target.value || null })}
      />
    </Field>
  );
  return (
    <search
      aria-label={t("label")}
      aria-busy={isPending}
      className="flex flex-wrap items-end gap-2"
    >
      <form onSubmit={search} className="flex items-end gap-1">
        <Field label={t("q")} className="w-52">
          <Input type="search" name="q" key={filter.q} defaultValue={filter.q} maxLength={100} />
        </Field>
        <Button type="submit" aria-label={t("search")} loading={isPending}>
          <Search aria-hidden />
        </Button>
      </form>
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
      <ColumnChoice place={place} />
      {isFiltered(place) ? (
        <Button variant="ghost" onClick={() => go(unfiltered(place))}>
          <X aria-hidden />
          {t("clear")}
        </Button>
      ) : null}
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
        <Button>
          <Columns3 aria-hidden />
          {t("chooseColumns")}
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
