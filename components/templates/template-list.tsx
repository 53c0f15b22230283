"use client";

import { FileText } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { CHANNELS, type Channel, LOCALES, type Locale } from "@/lib/domain/words";
import { ChannelIcon } from "../inbox/channel-icon";
import { Badge } from "../ui/badge";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { Select } from "../ui/select";

export type ListedTemplate = {
  id: string;
  name: string;
  event: string;
  channel: Channel;
  locale: Locale;
  state: "shipped" | "own" | "disabled";
  lastUsedAt: string | null;
  /** Of the sends that ended; null: none has. */
  success: number | null;
};

type Event = { key: string; name: string };
type Props = { templates: readonly ListedTemplate[]; events: readonly Event[] };

const FILTERS = {
  q: parseAsString.withDefault(""),
  event: parseAsString.withDefault(""),
  channel: parseAsString.withDefault(""),
  locale: parseAsString.withDefault(""),
};

/** Every template, narrowed by name, event, channel and language. */
export function TemplateList({ templates, events }: Props) {
  const t = useTranslations("templates");
  const [filter, setFilter] = useQueryStates(FILTERS);
  const sought = filter.q.trim().toLowerCase();
  const shown = templates.filter(
    (one) =>
      (filter.event === "" || one.event === filter.event) &&
      (filter.channel === "" || one.channel === filter.channel) &&
      (filter.locale === "" || one.locale === filter.locale) &&
      `${one.name} ${one.event}`.toLowerCase().includes(sought),
  );
  return (
    <>
      <search className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        <Input
          aria-label={t("search")}
          placeholder={t("search")}
          value={filter.q}
          onChange={({ target }) => setFilter({ q: target.value })}
        />
        <Select
          aria-label={t("event")}
          value={filter.event}
          onChange={({ target }) => setFilter({ event: target.value })}
        >
          <option value="">{t("allEvents")}</option>
          <option value="custom">{t("custom")}</option>
          {events.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t("channel")}
          value={filter.channel}
          onChange={({ target }) => setFilter({ channel: target.value })}
        >
          <option value="">{t("allChannels")}</option>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {t(`channels.${channel}`)}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t("language")}
          value={filter.locale}
          onChange={({ target }) => setFilter({ locale: target.value })}
        >
          <option value="">{t("allLanguages")}</option>
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {t(`languages.${locale}`)}
            </option>
          ))}
        </Select>
      </search>
      <p role="status" className="text-muted text-sm">
        {t("count", { count: shown.length })}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon={FileText} title={t("none")}>
          {t("noneLead")}
        </EmptyState>
      ) : (
        groupsOf(shown, events).map((group) => <Group key={group.key} group={group} />)
      )}
    </>
  );
}

type Grouped = Event & { templates: ListedTemplate[] };

/** By event, in the order of the events; those of no event, and of what is no longer one, at the end. */
function groupsOf(templates: readonly ListedTemplate[], events: readonly Event[]): Grouped[] {
  const keys = [...new Set([...events.map(({ key }) => key), ...templates.map((t) => t.event)])];
  return keys.flatMap((key) => {
    const own = templates.filter(({ event }) => event === key);
    const name = events.find((event) => event.key === key)?.name ?? key;
    return own.length === 0 ? [] : [{ key, name, templates: own }];
  });
}

function Group({ group: { key, name, templates } }: { group: Grouped }) {
  const t = useTranslations("templates");
  const isCustom = key === "custom";
  return (
    <section className="overflow-hidden rounded-xl border border-line bg-surface">
      <h2 className="flex flex-wrap items-baseline gap-x-2 border-line border-b px-4 py-2.5 font-semibold text-base">
        {isCustom ? t("custom") : name}
        {isCustom ? null : <code className="font-normal text-2xs text-muted">{key}</code>}
      </h2>
      <ul className="divide-y divide-line">
        {templates.map((one) => (
          <Row key={one.id} template={one} />
        ))}
      </ul>
    </section>
  );
}

const TONES = { shipped: "outline", own: "accent", disabled: "warning" } as const;

function Row({ template }: { template: ListedTemplate }) {
  const t = useTranslations("templates");
  const format = useFormatter();
  const { id, name, channel, locale, state, lastUsedAt, success } = template;
  return (
    <li>
      <Link
        href={`/templates/${id}`}
        className="grid gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover sm:grid-cols-[14rem_minmax(0,1fr)_auto] sm:items-center"
      >
        <span className="flex min-w-0 items-center gap-2">
          <ChannelIcon channel={channel} />
          {t(`channels.${channel}`)}
          <span className="text-muted">{t(`languages.${locale}`)}</span>
        </span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>
        </span>
        <span className="text-muted text-xs sm:text-right">
          {lastUsedAt === null
            ? t("neverUsed")
            : t("usedAt", { at: format.dateTime(new Date(lastUsedAt), "moment") })}
          {success === null ? null : (
            <span className="tabular-nums">
              {" · "}
              {t("success", {
                share: format.number(success, { style: "percent", maximumFractionDigits: 1 }),
              })}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
