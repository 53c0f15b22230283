import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import { CHANNELS, type Channel, LOCALES, type Locale } from "@/lib/domain/words";
import { ChannelIcon } from "../inbox/channel-icon";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";

type Template = { id: string; channel: Channel; locale: Locale; isActive: boolean };

type Props = {
  typeKey: string;
  templates: readonly Template[];
  /** By which it goes as a rule. */
  channels: readonly NotificationChannel[];
};

/** Where a type of the workspace's own has its words, and where its events say it themselves. */
export function TypeTemplates({ typeKey, templates, channels }: Props) {
  const t = useTranslations("notificationTypes.templates");
  const words = useTranslations("templates");
  const places = CHANNELS.flatMap((channel) => LOCALES.map((locale) => ({ channel, locale })));
  return (
    <ul className="flex flex-col divide-y divide-line">
      {places.map(({ channel, locale }) => {
        const written = templates.find((one) => one.channel === channel && one.locale === locale);
        const place = `${words(`channels.${channel}`)} · ${words(`languages.${locale}`)}`;
        const query = new URLSearchParams({ event: typeKey, channel, locale });
        return (
          <li
            key={place}
            className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0"
          >
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
              <ChannelIcon channel={channel} />
              {place}
              {written ? (
                <Badge tone={written.isActive ? "accent" : "warning"}>
                  {words(`states.${written.isActive ? "own" : "disabled"}`)}
                </Badge>
              ) : channels.includes(channel) ? (
                <span className="text-muted text-xs">{t("none")}</span>
              ) : (
                <span className="text-muted text-xs">{t("notUsed")}</span>
              )}
            </span>
            <Button asChild size="sm" className="shrink-0">
              <Link
                href={written ? `/templates/${written.id}` : `/templates/new?${query}`}
                aria-label={t(written ? "changeOf" : "writeOf", { place })}
              >
                {t(written ? "change" : "write")}
              </Link>
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
