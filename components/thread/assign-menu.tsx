"use client";

import { Check, UserRound, UserRoundX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConversationCard } from "@/lib/domain/inbox";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "../ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";

/** Who answers this conversation. `a` opens it; typing filters, Enter assigns. */
export function AssignMenu({ card }: { card: ConversationCard }) {
  const t = useTranslations("thread.assign");
  const { verbs, viewer } = useInbox();
  const isOpen = useInboxSlice((state) => state.dialog === "assign");
  const assignees = useInboxSlice((state) => state.assignees);
  const { assignee } = card;
  const assign = (id: string | null) => {
    verbs.hide("assign");
    if (id !== (assignee?.id ?? null)) void verbs.assign(card.id, id);
  };
  const others = assignees.filter((person) => person.id !== viewer.id);
  const me = assignees.find((person) => person.id === viewer.id);
  const label =
    assignee === null ? t("nobody") : assignee.id === viewer.id ? t("me") : assignee.name;
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => (open ? verbs.show("assign") : verbs.hide("assign"))}
    >
      <PopoverTrigger asChild>
        <Button
          size="sm"
          variant="ghost"
          aria-label={assignee ? t("label", { name: label }) : t("labelNobody")}
          title={t("title")}
        >
          {assignee ? (
            <Avatar name={assignee.name} seed={assignee.id} size="xs" />
          ) : (
            <UserRound aria-hidden />
          )}
          <span className="max-w-28 truncate max-sm:hidden">{label}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-64 p-0">
        <Command>
          <CommandInput placeholder={t("search")} aria-label={t("search")} />
          <CommandList>
            <CommandEmpty>{t("none")}</CommandEmpty>
            {me ? (
              <Choice
                name={me.name}
                id={me.id}
                words={t("me")}
                assignee={assignee}
                onPick={assign}
              />
            ) : null}
            {others.map((person) => (
              <Choice key={person.id} {...person} assignee={assignee} onPick={assign} />
            ))}
            {assignee ? (
              <CommandItem value={t("unassign")} onSelect={() => assign(null)}>
                <UserRoundX aria-hidden />
                {t("unassign")}
              </CommandItem>
            ) : null}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function Choice(props: {
  id: string;
  name: string;
  words?: string;
  assignee: ConversationCard["assignee"];
  onPick: (id: string) => void;
}) {
  const { id, name, words, assignee, onPick } = props;
  return (
    <CommandItem value={`${words ?? ""} ${name} ${id}`} onSelect={() => onPick(id)}>
      <Avatar name={name} seed={id} size="xs" />
      <span className="truncate">{words ?? name}</span>
      {assignee?.id === id ? <Check className="ml-auto" aria-hidden /> : null}
    </CommandItem>
  );
}
