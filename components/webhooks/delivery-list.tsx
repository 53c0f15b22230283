"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect } from "react";
import { replayEvent } from "@/app/(workspace)/settings/webhooks/actions";
import type { WebhookAttempt, WebhookStatus } from "@/lib/domain/webhooks/delivery";
import { useSaver } from "../settings/use-saver";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { EmptyState } from "../ui/empty-state";

type Delivery = {
  id: string;
  type: string;
  occurredAt: Date;
  status: WebhookStatus;
  attempts: WebhookAttempt[];
  nextAttemptAt: Date;
};

type Props = { endpointId: string; isActive: boolean; deliveries: readonly Delivery[] };

const TONES = { owed: "accent", delivered: "success", failed: "danger" } as const;
const LOOK_EVERY_MS = 2000;
const SOON_MS = 15_000;

/** The latest events with what came of them. */
export function DeliveryList({ endpointId, isActive, deliveries }: Props) {
  const t = useTranslations("settings.webhooks");
  useRefreshWhile(isActive && deliveries.some(leavesSoon));
  if (deliveries.length === 0) {
    return <EmptyState title={t("noDeliveries")}>{t("noDeliveriesLead")}</EmptyState>;
  }
  return (
    <ul className="divide-y divide-line">
      {deliveries.map((delivery) => (
        <DeliveryRow
          key={delivery.id}
          endpointId={endpointId}
          isActive={isActive}
          delivery={delivery}
        />
      ))}
    </ul>
  );
}

function leavesSoon({ status, nextAttemptAt }: Delivery): boolean {
  return status === "owed" && nextAttemptAt.getTime() - Date.now() < SOON_MS;
}

/** What leaves within seconds is shown with its end without being asked for. */
function useRefreshWhile(isAwaited: boolean) {
  const router = useRouter();
  useEffect(() => {
    if (!isAwaited) return;
    const timer = setInterval(() => router.refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isAwaited, router]);
}

type RowProps = { endpointId: string; isActive: boolean; delivery: Delivery };

function DeliveryRow({ endpointId, isActive, delivery }: RowProps) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const saver = useSaver(replayEvent, { done: t("replayed", { count: 1 }) });
  const { id, type, status, occurredAt, attempts, nextAttemptAt } = delivery;
  const isRetried = status === "owed" && attempts.length > 0;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2">
          <code className="truncate font-mono text-sm">{type}</code>
          <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>
        </p>
        <p className="text-muted text-xs">
          {format.dateTime(occurredAt, "moment")}
          {isRetried
            ? ` · ${t("nextAttempt", { at: format.dateTime(nextAttemptAt, "moment") })}`
            : null}
        </p>
        <Attempts id={id} attempts={attempts} />
      </div>
      {status !== "owed" && isActive ? (
        <Button
          size="sm"
          variant="ghost"
          loading={saver.isBusy}
          onClick={() => void saver.save({ id: endpointId, deliveryId: id })}
        >
          {t("replay")}
        </Button>
      ) : null}
    </li>
  );
}

function Attempts({ id, attempts }: Pick<Delivery, "id" | "attempts">) {
  const t = useTranslations("settings.webhooks");
  const last = attempts.at(-1);
  if (!last) return null;
  return (
    <Disclosure
      className="text-xs"
      summary={
        <>
          {t("attempts", { count: attempts.length })} · <Answer attempt={last} />
        </>
      }
    >
      <dl className="mt-1 flex flex-col gap-2 border-line border-l pl-3">
        <div>
          <dt className="text-muted">webhook-id</dt>
          <dd className="break-all font-mono">{id}</dd>
        </div>
        {attempts.toReversed().map((attempt) => (
          <AttemptLine key={attempt.at} attempt={attempt} />
        ))}
      </dl>
    </Disclosure>
  );
}

function AttemptLine({ attempt }: { attempt: WebhookAttempt }) {
  const format = useFormatter();
  return (
    <div>
      <dt className="text-muted">{format.dateTime(new Date(attempt.at), "moment")}</dt>
      <dd>
        <Answer attempt={attempt} />
        {attempt.error ? (
          <code className="mt-0.5 block whitespace-pre-wrap break-words font-mono text-muted">
            {attempt.error}
          </code>
        ) : null}
        {attempt.excerpt ? (
          <code className="mt-0.5 block whitespace-pre-wrap break-all font-mono text-muted">
            {attempt.excerpt}
          </code>
        ) : null}
      </dd>
    </div>
  );
}

function Answer({ attempt }: { attempt: WebhookAttempt }) {
  const t = useTranslations("settings.webhooks");
  const { httpStatus, latencyMs: ms } = attempt;
  return (
    <>{httpStatus === null ? t("noAnswer", { ms }) : t("answer", { status: httpStatus, ms })}</>
  );
}
