"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChannelIcon } from "../inbox/channel-icon";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { SenderLine } from "../inbox/sender-line";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";

type Props = {
  /** The number of the open conversation. */
  integrationId: string;
  /** Leaves its place to the meter on narrow screens. */
  isShort: boolean;
  onChoose: (integrationId: string) => void;
};

/** Which of our numbers the answer goes from; another one leads to the person's conversation there. */
export function SenderChoice({ integrationId, isShort, onChoose }: Props) {
  const t = useTranslations("composer");
  const { viewer } = useInbox();
  const senders = useInboxSlice((state) => state.senders);
  const current = senders.find((sender) => sender.id === integrationId);
  const usable = senders.filter((sender) => sender.isActive && sender.type !== "email");
  const others = usable.filter((sender) => sender.id !== integrationId);
  const name = current?.name ?? t("removedNumber");
  const words = (
    <>
      <ChannelIcon channel={current?.type ?? "sms"} />
      <span className={cn("max-w-40 truncate", isShort && "max-sm:sr-only")}>
        {t("from", { name })}
      </span>
    </>
  );
  if (others.length === 0) {
    return <span className="flex h-7 min-w-0 items-center gap-1 text-subtle text-xs">{words}</span>;
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          aria-label={t("fromLabel", { name })}
          className="min-w-0 gap-1 px-1.5 font-normal text-subtle text-xs max-md:h-10"
        >
          {words}
          <ChevronDown className="size-3" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-72">
        <DropdownMenuLabel>{t("fromOther")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={integrationId}
          onValueChange={(id) => {
            if (id !== integrationId) onChoose(id);
          }}
        >
          {usable.map((sender) => (
            <DropdownMenuRadioItem
              key={sender.id}
              value={sender.id}
              className="h-auto py-1.5 max-sm:h-auto"
            >
              <SenderLine sender={sender} homeCountry={viewer.homeCountry} />
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
