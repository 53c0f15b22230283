import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "../ui/badge";
import { type HistoryPlace, hrefOf } from "./history-place";
import type { HistoryRow } from "./history-table";
import { SEVERITY_TONES } from "./notification-card";
import { StateBadge } from "./state-badge";
import { useTypeName } from "./use-type-name";

type Props = { row: HistoryRow; place: HistoryPlace; zone: string };

/** A row of the history where there is no room for columns; all of it opens the detail. */
export function HistoryCard({ row, place, zone }: Props) {
  const severities = useTranslations("notifications.severities");
  const channels = useTranslations("preferences.channels.short");
  const typeName = useTypeName();
  const format = useFormatter();
  const at = format.dateTime(new Date(row.createdAt), {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
  return (
    <Link
      href={hrefOf({ ...place, open: row.id })}
      scroll={false}
      aria-current={row.id === place.open ? "true" : undefined}
      className="flex flex-col gap-1.5 px-4 py-3 text-sm hover:bg-hover aria-[current=true]:bg-active"
    >
      <span className="flex items-start justify-between gap-3">
        <span className="line-clamp-2 min-w-0 break-words font-medium">{row.title}</span>
        {row.status === null ? null : <StateBadge state={row.status} />}
      </span>
      <span className="flex flex-wrap gap-x-2 text-muted text-xs">
        <span className="min-w-0 break-words">{row.recipient}</span>
        <span aria-hidden>·</span>
        <span>{typeName(row.type)}</span>
        <time dateTime={row.createdAt} className="ml-auto tabular-nums">
          {at}
        </time>
      </span>
      <span className="flex flex-wrap gap-1">
        <Badge tone={SEVERITY_TONES[row.severity]}>{severities(row.severity)}</Badge>
        {row.channels.map(({ channel, state }) => (
          <StateBadge key={channel} state={state} label={channels(channel)} />
        ))}
      </span>
    </Link>
  );
}
