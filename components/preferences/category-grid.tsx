"use client";

import { useTranslations } from "next-intl";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import { CATEGORIES } from "@/lib/domain/notification-types/notification-type";
import { Checkbox } from "../ui/checkbox";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

type Props = {
  shown: ShownPreferences;
  channels: readonly NotificationChannel[];
  /** Those of the ready sets, and the workspace's own. */
  all: readonly string[];
  onChange: ChangePreferences;
};

/** Which category comes by which channel. */
export function CategoryGrid({ shown, channels, all, onChange }: Props) {
  const t = useTranslations("preferences");
  const { categories } = shown;
  const readyOf = (category: string) => CATEGORIES.find((ready) => ready === category);
  /** A category of the workspace's own is named by its word. */
  const nameOf = (category: string) => {
    const ready = readyOf(category);
    return ready ? t(`categories.${ready}`) : category;
  };
  const helpOf = (category: string) => {
    const ready = readyOf(category);
    return ready ? t(`categories.${ready}Help`) : t("categories.ownHelp");
  };
  const turn = (category: string, channel: NotificationChannel, isOn: boolean) => {
    const others = (categories[category] ?? []).filter((one) => one !== channel);
    onChange({
      categories: { ...categories, [category]: isOn ? others : [...others, channel] },
    });
  };
  const off = channels.filter((channel) => !shown.enabledChannels.includes(channel));
  return (
    <>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-muted text-xs">
            <th scope="col" className="pb-2 text-left font-medium">
              {t("categories.category")}
            </th>
            {channels.map((channel) => (
              <th key={channel} scope="col" className="w-20 pb-2 font-medium max-sm:w-14">
                {t(`channels.short.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {all.map((category) => (
            <tr key={category}>
              <th scope="row" className="py-2.5 pr-2 text-left font-normal">
                {nameOf(category)}
                <span className="block text-muted text-xs">{helpOf(category)}</span>
              </th>
              {channels.map((channel) => (
                <td key={channel} className="text-center">
                  <Checkbox
                    aria-label={t("categories.by", {
                      category: nameOf(category),
                      channel: t(`channels.${channel}`),
                    })}
                    checked={!categories[category]?.includes(channel)}
                    disabled={!shown.enabledChannels.includes(channel)}
                    onCheckedChange={(isOn) => turn(category, channel, isOn === true)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {off.length > 0 ? (
        <p className="text-muted text-xs">
          {t("categories.channelOff", {
            count: off.length,
            channels: off.map((channel) => t(`channels.${channel}`)).join(", "),
          })}
        </p>
      ) : null}
    </>
  );
}
