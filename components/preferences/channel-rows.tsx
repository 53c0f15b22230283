"use client";

import { Bell, Mail, MessageCircle, MessageSquare } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import {
  NOTIFICATION_CHANNELS,
  type NotificationChannel,
  SEVERITIES,
  type Severity,
} from "@/lib/domain/deciding/words";
import { formatAddress } from "@/lib/domain/format-address";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

export type Places = {
  /** null: there is none; as they are shown. */
  email: string | null;
  phone: string | null;
  whatsapp: string | null;
  homeCountry: string;
  /** Somebody who signs in, and has a bell. */
  hasWeb: boolean;
  /** The reader's own, who may add what is missing. */
  isOwn: boolean;
};

/** The channels by which this person can be reached at all. */
export function channelsOf({ hasWeb }: Places): readonly NotificationChannel[] {
  return NOTIFICATION_CHANNELS.filter((channel) => hasWeb || channel !== "web");
}

const ICONS = { web: Bell, email: Mail, sms: MessageSquare, whatsapp: MessageCircle };

type Props = { shown: ShownPreferences; places: Places; onChange: ChangePreferences };

/** Each channel: whether it is used, where it leads, and how severe an alert must be for it. */
export function ChannelRows({ shown, places, onChange }: Props) {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {channelsOf(places).map((channel) => (
        <ChannelRow
          key={channel}
          channel={channel}
          places={places}
          isOn={shown.enabledChannels.includes(channel)}
          minimum={shown.minSeverity[channel]}
          onTurn={(isOn) => {
            const others = shown.enabledChannels.filter((one) => one !== channel);
            onChange({ enabledChannels: isOn ? [...others, channel] : others });
          }}
          onMinimum={(severity) =>
            onChange({ minSeverity: { ...shown.minSeverity, [channel]: severity } })
          }
        />
      ))}
    </ul>
  );
}

type RowProps = {
  channel: NotificationChannel;
  places: Places;
  isOn: boolean;
  minimum: Severity;
  onTurn: (isOn: boolean) => void;
  onMinimum: (severity: Severity) => void;
};

function ChannelRow({ channel, places, isOn, minimum, onTurn, onMinimum }: RowProps) {
  const t = useTranslations("preferences");
  const id = useId();
  const Icon = ICONS[channel];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Icon className="size-4 text-muted" aria-hidden />
      <span className="min-w-40 flex-1">
        <Label htmlFor={id}>{t(`channels.${channel}`)}</Label>
        <span id={`${id}-place`} className="block truncate text-muted text-xs">
          <Place channel={channel} places={places} />
        </span>
      </span>
      <Select
        className="w-44 max-sm:order-1 max-sm:w-full"
        aria-label={t("channels.minimum", { channel: t(`channels.${channel}`) })}
        value={minimum}
        disabled={!isOn}
        onChange={({ target }) => {
          const severity = SEVERITIES.find((known) => known === target.value);
          if (severity) onMinimum(severity);
        }}
      >
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(`minimums.${severity}`)}
          </option>
        ))}
      </Select>
      <Switch id={id} checked={isOn} onCheckedChange={onTurn} aria-describedby={`${id}-place`} />
    </li>
  );
}

/** Where it arrives, or what is missing and where that is mended. */
function Place({ channel, places }: { channel: NotificationChannel; places: Places }) {
  const t = useTranslations("preferences.channels");
  if (channel === "web") return t("webPlace");
  const { sms, ...others } = { email: places.email, whatsapp: places.whatsapp, sms: places.phone };
  const place =
    channel === "sms" ? sms : (others[channel] ?? (channel === "whatsapp" ? sms : null));
  if (place !== null) return formatAddress(place, places.homeCountry);
  if (!places.isOwn) return t("nothing");
  return (
    <Link href="/settings/profile" className="text-accent-fg underline underline-offset-2">
      {t("noPhone")}
    </Link>
  );
}
