"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { PERIODS } from "@/lib/domain/history/period";
import { CHANNELS, type Channel } from "@/lib/domain/words";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { type DashboardPlace, hrefOf, readPlace } from "./dashboard-place";

type Props = {
  place: DashboardPlace;
  senders: readonly { id: string; name: string; type: Channel }[];
};

/** Period, channel and sender of all that is shown. */
export function DashboardFilters({ place, senders }: Props) {
  const t = useTranslations("dashboard.filters");
  const periods = useTranslations("dashboard.periods");
  const channels = useTranslations("preferences.channels.short");
  const router = useRouter();
  const [isPending, start] = useTransition();
  const set = (change: Partial<Record<keyof DashboardPlace, string>>) => {
    const { period, channel, number } = place;
    const next = readPlace({
      period,
      channel: channel ?? undefined,
      number: number ?? undefined,
      ...change,
    });
    start(() => router.push(hrefOf(next), { scroll: false }));
  };
  return (
    <search
      aria-label={t("label")}
      aria-busy={isPending}
      className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap"
    >
      <Field label={t("period")} className="sm:w-36">
        <Select value={place.period} onChange={(event) => set({ period: event.target.value })}>
          {PERIODS.map((one) => (
            <option key={one} value={one}>
              {periods(one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("channel")} className="sm:w-36">
        <Select
          value={place.channel ?? ""}
          onChange={(event) => set({ channel: event.target.value })}
        >
          <option value="">{t("all")}</option>
          {CHANNELS.map((one) => (
            <option key={one} value={one}>
              {channels(one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("number")} className="max-sm:col-span-2 sm:w-48">
        <Select
          value={place.number ?? ""}
          onChange={(event) => set({ number: event.target.value })}
        >
          <option value="">{t("all")}</option>
          {senders.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {`${name} · ${channels(type)}`}
            </option>
          ))}
        </Select>
      </Field>
    </search>
  );
}
