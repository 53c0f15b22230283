"use client";

import { useTranslations } from "next-intl";
import { stateOfDelivery } from "@/lib/domain/history/delivery-state";
import type { ConversationDetail, ToldNotification } from "@/lib/domain/inbox";
import { ChannelIcon } from "../inbox/channel-icon";
import { useTimeWords } from "../inbox/use-time-words";
import { AnswerBadge } from "../notifications/answer-badge";
import { SubjectLink } from "../notifications/subject-link";
import { DueTime } from "../thread/about-notification";

/** What the person was told lately, how far that came, and what they answered. */
export function ToldPart({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("contacts.told");
  if (detail.notifications.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {detail.notifications.map((told) => (
        <Told key={told.id} told={told} />
      ))}
    </ul>
  );
}

function Told({ told }: { told: ToldNotification }) {
  const time = useTimeWords();
  const { title, subject, answer, createdAt } = told;
  return (
    <li className="flex flex-col gap-0.5 text-sm">
      <p className="flex items-baseline gap-2">
        <span className="line-clamp-2 min-w-0 font-medium [overflow-wrap:anywhere]">{title}</span>
        <time
          dateTime={createdAt}
          title={time.full(createdAt)}
          className="ml-auto shrink-0 text-subtle text-xs"
        >
          {time.short(createdAt)}
        </time>
      </p>
      {subject ? (
        <p className="flex flex-wrap gap-x-2 text-muted">
          <SubjectLink subject={subject} />
          <DueTime subject={subject} />
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-muted text-xs">
        <Fates told={told} />
        {answer ? <AnswerBadge answer={answer} /> : null}
      </div>
    </li>
  );
}

/** Where it went or waits; what was never to go there is left out, unless it went nowhere at all. */
function Fates({ told: { deliveries } }: { told: ToldNotification }) {
  const t = useTranslations("contacts.told");
  const states = useTranslations("notifications.states");
  const channels = useTranslations("preferences.channels");
  const open = deliveries.filter(({ fate }) => fate !== "refused");
  if (open.length === 0) return <span>{states("refused")}</span>;
  return open.map((delivery) => (
    <span key={delivery.channel} className="inline-flex items-center gap-1">
      {delivery.channel === "web" ? null : <ChannelIcon channel={delivery.channel} />}
      {t("fate", {
        channel: channels(delivery.channel),
        state: states(stateOfDelivery(delivery.fate, delivery.messageStatus)),
      })}
    </span>
  ));
}
