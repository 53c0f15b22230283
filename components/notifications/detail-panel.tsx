"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "../ui/badge";
import { Dialog, DialogBody, DialogContent } from "../ui/dialog";
import { Disclosure } from "../ui/disclosure";
import { AnswerBadge } from "./answer-badge";
import { useLineWords } from "./delivery-line";
import type { DeliveryView, DetailView } from "./detail-view";
import { MessageTrail } from "./message-trail";
import { SEVERITY_TONES } from "./notification-card";
import { ResendButton } from "./resend-button";
import { StateBadge } from "./state-badge";
import { type Clock, useClock } from "./use-clock";
import { useTypeName } from "./use-type-name";

type Props = {
  notification: DetailView;
  /** Where the list is without it. */
  closeHref: string;
  mayResend: boolean;
  zone: string;
};

/** Beside the list: one notification, and for every channel what was decided, asked and answered. */
export function DetailPanel({ notification, closeHref, mayResend, zone }: Props) {
  const t = useTranslations("history.detail");
  const severities = useTranslations("notifications.severities");
  const router = useRouter();
  const format = useFormatter();
  const clock = useClock(zone);
  const { title, body, recipient, type, severity, answer, createdAt, deliveries } = notification;
  const close = (isOpen: boolean) => {
    if (!isOpen) router.push(closeHref, { scroll: false });
  };
  const at = format.dateTime(new Date(createdAt), {
    timeZone: zone,
    dateStyle: "medium",
    timeStyle: "medium",
  });
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title={title}
        description={`${recipient} · ${useTypeName()(type)} · ${at}`}
        className="top-0 right-0 left-auto h-dvh max-h-dvh w-full max-w-xl translate-x-0 translate-y-0 rounded-none pb-4"
      >
        <DialogBody>
          <p className="flex flex-wrap items-start gap-2 text-sm">
            <Badge tone={SEVERITY_TONES[severity]}>{severities(severity)}</Badge>
            {answer ? <AnswerBadge answer={answer} /> : null}
            <span className="min-w-0 whitespace-pre-line break-words">{body}</span>
          </p>
          {deliveries.map((delivery) => (
            <Delivery
              key={delivery.channel}
              id={notification.id}
              delivery={delivery}
              mayResend={mayResend}
              clock={clock}
            />
          ))}
          {deliveries.length === 0 ? <p className="text-muted text-sm">{t("nowhere")}</p> : null}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

type DeliveryProps = { id: string; delivery: DeliveryView; mayResend: boolean; clock: Clock };

function Delivery({ id, delivery, mayResend, clock }: DeliveryProps) {
  const t = useTranslations("history.detail");
  const channels = useTranslations("preferences.channels");
  const { channel, state, decisions, messages } = delivery;
  const words = useLineWords()(delivery);
  return (
    <section
      aria-label={channels(channel)}
      className="flex flex-col gap-2 rounded-lg border border-line p-3"
    >
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-sm">{channels(channel)}</h3>
        <StateBadge state={state} />
        <span className="min-w-0 flex-1 text-muted text-sm">{words}</span>
        {mayResend && delivery.mayBeResent ? <ResendButton id={id} channel={channel} /> : null}
      </header>
      <ol className="flex flex-col gap-2 border-line border-l-2 pl-3 text-sm">
        {decisions.map((decision) => (
          <li key={decision.at}>
            <p className="flex flex-wrap items-center gap-x-2">
              <time dateTime={decision.at} className="text-muted text-xs tabular-nums">
                {clock(decision.at)}
              </time>
              <span>
                {t(decision.isResent ? "decidedAgain" : "decided")} {decision.sentence}
              </span>
            </p>
            <Gates decision={decision} />
          </li>
        ))}
        {messages.map((message) => (
          <li key={message.id}>
            <MessageTrail message={message} clock={clock} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Every gate that was asked: those that let it by, and the one that did not. */
function Gates({ decision }: { decision: DeliveryView["decisions"][number] }) {
  const t = useTranslations("history.detail");
  const { passed, gate, sentence } = decision;
  const count = passed.length + (gate === null ? 0 : 1);
  if (count === 0) return null;
  return (
    <Disclosure summary={t("gates", { count })}>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs">
        {passed.map((one) => (
          <li key={one.gate}>
            <span className="text-success-fg">✓ {one.gate}</span>
            <span className="text-muted"> · {one.sentence}</span>
          </li>
        ))}
        {gate === null ? null : (
          <li>
            <span className="font-medium">✕ {gate}</span>
            <span className="text-muted"> · {sentence}</span>
          </li>
        )}
      </ul>
    </Disclosure>
  );
}
