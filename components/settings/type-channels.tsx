"use client";

import { useTranslations } from "next-intl";
import { NOTIFICATION_CHANNELS, type NotificationChannel } from "@/lib/domain/deciding/words";
import { Checkbox } from "../ui/checkbox";
import { FieldError } from "../ui/field";
import { Label } from "../ui/label";

type Props = { chosen: readonly NotificationChannel[]; error: string | undefined };

/** By which channels a type goes where nothing else is said; submits as `channel`. */
export function TypeChannels({ chosen, error }: Props) {
  const t = useTranslations("notificationTypes");
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{t("channelsLabel")}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {NOTIFICATION_CHANNELS.map((channel) => (
          <Label key={channel} className="flex items-center gap-2 font-normal">
            <Checkbox name="channel" value={channel} defaultChecked={chosen.includes(channel)} />
            {t(`channels.${channel}`)}
          </Label>
        ))}
      </div>
      {error ? <FieldError>{error}</FieldError> : null}
    </fieldset>
  );
}
