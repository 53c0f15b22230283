"use client";

import { ChevronDown, Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { ChannelIcon } from "./channel-icon";
import { useInbox, useInboxSlice } from "./inbox-context";
import { SenderLine } from "./sender-line";
import { capped } from "./view-tabs";

const ALL = "all";

/** Which of our numbers the list is narrowed to, each with what is unread on it. */
export function NumberFilter() {
  const t = useTranslations("inbox.numbers");
  const { verbs, viewer } = useInbox();
  const { senders, integrationId } = useInboxSlice((state) => ({
    senders: state.senders,
    integrationId: state.query.integrationId,
  }));
  const current = senders.find((sender) => sender.id === integrationId);
  const unread = (current ? [current] : senders).reduce((sum, sender) => sum + sender.unread, 0);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="-ml-1 min-w-0 shrink gap-1.5 px-1.5 font-semibold text-base text-fg"
          aria-label={t("filter", { name: current?.name ?? t("all") })}
        >
          {current ? <ChannelIcon channel={current.type} className="size-4" /> : null}
          <span className="truncate">{current?.name ?? t("all")}</span>
          {unread > 0 ? <Badge tone="accent">{capped(unread)}</Badge> : null}
          <ChevronDown className="text-subtle" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-72">
        <DropdownMenuRadioGroup
          value={integrationId ?? ALL}
          onValueChange={(id) => verbs.setQuery({ integrationId: id === ALL ? null : id })}
        >
          <DropdownMenuRadioItem value={ALL}>
            <Inbox aria-hidden />
            {t("all")}
          </DropdownMenuRadioItem>
          <DropdownMenuSeparator />
          {senders.map((sender) => (
            <DropdownMenuRadioItem
              key={sender.id}
              value={sender.id}
              className="h-auto py-1.5 max-sm:h-auto"
            >
              <SenderLine
                sender={sender}
                homeCountry={viewer.homeCountry}
                remark={sender.isActive ? undefined : t("inactive")}
              />
              {sender.unread > 0 ? (
                <Badge tone="accent" aria-label={t("unread", { count: sender.unread })}>
                  {capped(sender.unread)}
                </Badge>
              ) : null}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
