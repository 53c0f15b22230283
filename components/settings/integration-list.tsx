import { Plug } from "lucide-react";
import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { IntegrationRow } from "@/db/queries/integrations";
import { formatAddress } from "@/lib/domain/format-address";
import { ChannelIcon } from "../inbox/channel-icon";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

type Props = {
  rows: readonly IntegrationRow[];
  /** Whose numbers are written the national way. */
  country: string;
};

/** R402: the workspace's senders, each a way to its own page. */
export async function IntegrationList({ rows, country }: Props) {
  const t = await getTranslations("settings.integrations");
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={Plug}
        title={t("empty")}
        action={
          <Button asChild variant="primary">
            <Link href="/settings/integrations/new">{t("add")}</Link>
          </Button>
        }
      >
        {t("emptyLead")}
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id}>
          <IntegrationLine row={row} country={country} />
        </li>
      ))}
    </ul>
  );
}

async function StateBadge({ row }: { row: IntegrationRow }) {
  const t = await getTranslations("settings.integrations");
  if (!row.isActive) return <Badge tone="warning">{t("inactive")}</Badge>;
  return row.stoppedAt ? (
    <Badge tone="danger">{t("stopped")}</Badge>
  ) : (
    <Badge tone="success">{t("active")}</Badge>
  );
}

async function IntegrationLine({ row, country }: { row: IntegrationRow; country: string }) {
  const [t, format] = await Promise.all([getTranslations("settings.integrations"), getFormatter()]);
  return (
    <Link
      href={`/settings/integrations/${row.id}`}
      className="-mx-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2 py-2.5 transition-colors hover:bg-hover"
    >
      <ChannelIcon channel={row.type} className="size-4.5 text-subtle" />
      <span className="min-w-0 flex-1 basis-52">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium text-sm">{row.name}</span>
          <Badge>{t(`types.${row.type}`)}</Badge>
          {row.isDefault ? <Badge tone="accent">{t("default")}</Badge> : null}
          {row.isSystem ? <Badge tone="outline">{t("system")}</Badge> : null}
          {row.isVisibleToAll ? null : <Badge tone="outline">{t("restricted")}</Badge>}
        </span>
        <span className="block truncate text-muted text-xs">
          {formatAddress(row.sender, country)} ·{" "}
          {row.lastWebhookAt
            ? t("lastWebhook", { at: format.dateTime(row.lastWebhookAt, "moment") })
            : t("noWebhook")}
        </span>
      </span>
      <StateBadge row={row} />
    </Link>
  );
}
