"use client";

import { Ban, ChevronsDown, ChevronsUp, CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { ConversationCard as Card } from "@/lib/domain/inbox";
import { Avatar } from "../ui/avatar";
import { cn } from "../ui/cn";
import { CardPreview } from "./card-preview";
import { ChannelIcon } from "./channel-icon";
import { useInbox, useInboxSlice } from "./inbox-context";
import { inboxUrl } from "./inbox-url";
import { LabelChip } from "./label-chip";
import { personName } from "./person-name";
import { isPlainClick } from "./plain-click";
import { useTimeWords } from "./use-time-words";

/** Every card has this height, so that the list never jumps. Pixels. */
export const CARD_HEIGHT = 82;

/** One conversation in the list: a link, so that it opens in a tab of its own too. */
export const ConversationCard = memo(function ConversationCard({
  id,
  isEntry,
}: {
  id: string;
  /** One card takes part in the Tab order; the arrows walk from there. */
  isEntry: boolean;
}) {
  const t = useTranslations("inbox.card");
  const { verbs, viewer } = useInbox();
  const { card, query, isSelected } = useInboxSlice((state) => ({
    card: state.cards[id],
    query: state.query,
    isSelected: state.selectedId === id,
  }));
  const time = useTimeWords();
  if (card === undefined) return null;
  const name = personName(card.person, viewer.homeCountry);
  const isUnread = card.unread > 0;
  return (
    <a
      href={inboxUrl({ query, selectedId: id })}
      data-card={id}
      aria-current={isSelected ? "true" : undefined}
      aria-label={t("label", { name, unread: card.unread, time: time.short(card.lastActivityAt) })}
      tabIndex={isEntry ? 0 : -1}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        verbs.select(id);
      }}
      className={cn(
        "-outline-offset-2 group absolute inset-x-1.5 inset-y-px flex gap-2.5 rounded-md px-2.5 py-2 transition-colors focus-visible:outline-offset-[-2px]",
        isSelected ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <Avatar name={card.person.name} seed={card.person.id} className="mt-0.5" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-2">
          <span className={cn("truncate text-base", isUnread ? "font-semibold" : "font-medium")}>
            {name}
          </span>
          <time
            dateTime={card.lastActivityAt}
            className={cn(
              "ml-auto shrink-0 text-xs tabular-nums",
              isUnread ? "font-medium text-accent-fg" : "text-subtle",
            )}
          >
            {time.short(card.lastActivityAt)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <span className={cn("truncate text-sm", isUnread ? "text-fg" : "text-muted")}>
            <CardPreview card={card} />
          </span>
          {isUnread ? (
            <span className="ml-auto inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full bg-accent px-1 font-semibold text-2xs text-on-accent tabular-nums">
              {card.unread > 99 ? "99+" : card.unread}
            </span>
          ) : null}
        </span>
        <CardFoot card={card} />
      </span>
    </a>
  );
});

function CardFoot({ card }: { card: Card }) {
  const t = useTranslations("inbox");
  const { viewer } = useInbox();
  const sender = useInboxSlice((state) =>
    state.senders.find((candidate) => candidate.id === card.integrationId),
  );
  return (
    <span className="mt-auto flex h-5 items-center gap-1.5 text-subtle text-xs">
      <ChannelIcon channel={card.channel} label={t(`channels.${card.channel}`)} />
      <span className="truncate">{sender?.name ?? t("card.removedNumber")}</span>
      {card.labels.slice(0, 2).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {card.labels.length > 2 ? <span className="shrink-0">+{card.labels.length - 2}</span> : null}
      <span className="ml-auto flex shrink-0 items-center gap-1.5">
        <PriorityMark priority={card.priority} />
        {card.person.isBlocked ? (
          <Ban className="size-3.5" role="img" aria-label={t("card.blocked")} />
        ) : null}
        {card.assignee ? (
          <span
            title={
              card.assignee.id === viewer.id
                ? t("card.assignedToYou")
                : t("card.assignedTo", { name: card.assignee.name })
            }
          >
            <Avatar name={card.assignee.name} seed={card.assignee.id} size="xs" />
          </span>
        ) : null}
      </span>
    </span>
  );
}

const PRIORITY_MARKS = {
  urgent: { icon: CircleAlert, style: "text-danger-fg" },
  high: { icon: ChevronsUp, style: "text-warning-fg" },
  normal: null,
  low: { icon: ChevronsDown, style: "text-subtle" },
} as const;

export function PriorityMark({ priority }: { priority: Card["priority"] }) {
  const t = useTranslations("inbox.priorities");
  const mark = PRIORITY_MARKS[priority];
  if (mark === null) return null;
  const Icon = mark.icon;
  return (
    <Icon className={cn("size-3.5", mark.style)} role="img" aria-label={t(priority)}>
      <title>{t(priority)}</title>
    </Icon>
  );
}
