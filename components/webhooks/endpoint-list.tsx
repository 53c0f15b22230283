"use client";

import { Webhook } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { WebhookDisabledReason } from "@/lib/domain/webhooks/delivery";
import type { WebhookEvent } from "@/lib/domain/webhooks/events";
import { Badge } from "../ui/badge";
import { EmptyState } from "../ui/empty-state";

export type EndpointItem = {
  id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  isActive: boolean;
  disabledAt: Date | null;
  disabledReason: WebhookDisabledReason | null;
  failingSince: Date | null;
};

export function EndpointList({ endpoints }: { endpoints: readonly EndpointItem[] }) {
  const t = useTranslations("settings.webhooks");
  if (endpoints.length === 0) {
    return (
      <EmptyState icon={Webhook} title={t("empty")}>
        {t("emptyLead")}
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {endpoints.map((endpoint) => (
        <EndpointRow key={endpoint.id} endpoint={endpoint} />
      ))}
    </ul>
  );
}

function EndpointRow({ endpoint }: { endpoint: EndpointItem }) {
  const t = useTranslations("settings.webhooks");
  const { id, url, description, events } = endpoint;
  return (
    <li>
      <Link
        href={`/settings/webhooks/${id}`}
        className="-mx-2 flex flex-col gap-0.5 rounded-md px-2 py-2.5 hover:bg-hover"
      >
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium text-sm">{description || url}</span>
          <StateBadge endpoint={endpoint} />
        </span>
        {description ? <span className="truncate text-muted text-xs">{url}</span> : null}
        <span className="text-muted text-xs">
          {events.length === 0 ? t("allEvents") : t("someEvents", { count: events.length })}
        </span>
      </Link>
    </li>
  );
}

function StateBadge({ endpoint }: { endpoint: EndpointItem }) {
  const t = useTranslations("settings.webhooks.state");
  if (!endpoint.isActive) {
    const isChosen = endpoint.disabledReason === "by_person";
    return <Badge tone={isChosen ? "neutral" : "danger"}>{t("disabled")}</Badge>;
  }
  if (endpoint.failingSince) return <Badge tone="warning">{t("failing")}</Badge>;
  return <Badge tone="success">{t("active")}</Badge>;
}
