"use client";

import {
  ArrowLeft,
  Ban,
  Check,
  Contact,
  Ellipsis,
  MailOpen,
  PanelRight,
  RotateCcw,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { formatAddress } from "@/lib/domain/format-address";
import type { ConversationCard } from "@/lib/domain/inbox";
import { BlockDialog } from "../contacts/block-dialog";
import { ChannelIcon } from "../inbox/channel-icon";
import { PriorityMark } from "../inbox/conversation-card";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { personName } from "../inbox/person-name";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { IconButton } from "../ui/icon-button";
import { AssignMenu } from "./assign-menu";

type Props = { card: ConversationCard; isContactShown: boolean; onToggleContact: () => void };

/** Who this is, how it stands, and what can be done with the conversation as a whole. */
export function ThreadHeader({ card, isContactShown, onToggleContact }: Props) {
  const t = useTranslations("thread.header");
  const { verbs } = useInbox();
  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 border-line border-b px-2 sm:px-3">
      <IconButton
        label={t("back")}
        size="md"
        className="md:hidden max-md:size-10"
        onClick={() => verbs.select(null, "replace")}
      >
        <ArrowLeft />
      </IconButton>
      <Who card={card} />
      <AssignMenu card={card} />
      <StateButton card={card} />
      <MoreMenu card={card} />
      <IconButton
        label={isContactShown ? t("hideContact") : t("showContact")}
        size="sm"
        aria-pressed={isContactShown}
        className="max-lg:hidden"
        onClick={onToggleContact}
      >
        <PanelRight />
      </IconButton>
      {/* Where there is no room beside the thread, the contact comes as a sheet. */}
      <IconButton
        label={t("showContact")}
        size="sm"
        className="lg:hidden max-md:size-10"
        onClick={() => verbs.show("contact")}
      >
        <Contact />
      </IconButton>
    </header>
  );
}

function Who({ card }: { card: ConversationCard }) {
  const t = useTranslations("thread.header");
  const { viewer } = useInbox();
  const sender = useInboxSlice((state) =>
    state.senders.find((candidate) => candidate.id === card.integrationId),
  );
  const number = formatAddress(card.person.address, viewer.homeCountry);
  return (
    <div className="min-w-0 flex-1 px-1.5">
      <h2 className="flex items-center gap-2 font-semibold text-base text-fg leading-5">
        <span className="truncate">{personName(card.person, viewer.homeCountry)}</span>
        <PriorityMark priority={card.priority} />
        {card.state === "resolved" ? <Badge tone="success">{t("resolved")}</Badge> : null}
        {card.state === "pending" ? <Badge tone="neutral">{t("pending")}</Badge> : null}
        {card.person.isBlocked ? <Badge tone="danger">{t("blocked")}</Badge> : null}
      </h2>
      <p className="flex items-center gap-1 text-subtle text-xs">
        {card.person.name === null ? null : (
          <span className="shrink-0 max-sm:hidden">{number} ·</span>
        )}
        <ChannelIcon channel={card.channel} />
        <span className="truncate">{sender?.name ?? t("removedNumber")}</span>
      </p>
    </div>
  );
}

function StateButton({ card }: { card: ConversationCard }) {
  const t = useTranslations("thread.header");
  const { verbs } = useInbox();
  if (card.state === "resolved") {
    return (
      <Button size="sm" onClick={() => void verbs.reopen(card.id)}>
        <RotateCcw aria-hidden />
        <span className="max-sm:sr-only">{t("reopen")}</span>
      </Button>
    );
  }
  return (
    <Button size="sm" onClick={() => void verbs.resolve(card.id)} title={t("resolveTitle")}>
      <Check aria-hidden />
      <span className="max-sm:sr-only">{t("resolve")}</span>
    </Button>
  );
}

function MoreMenu({ card }: { card: ConversationCard }) {
  const t = useTranslations("thread.header");
  const { verbs } = useInbox();
  const [asks, setAsks] = useState(false);
  const { isBlocked } = card.person;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("more")} size="sm" className="max-md:size-10">
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => void verbs.unread(card.id)}>
            <MailOpen aria-hidden />
            {t("markUnread")}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          {isBlocked ? (
            <DropdownMenuItem onSelect={() => void verbs.block(card.id, false)}>
              <Ban aria-hidden />
              {t("unblock")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem tone="danger" onSelect={() => setAsks(true)}>
              <Ban aria-hidden />
              {t("block")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <BlockDialog card={card} open={asks} onOpenChange={setAsks} />
    </>
  );
}
