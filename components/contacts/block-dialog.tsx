"use client";

import { useTranslations } from "next-intl";
import type { ConversationCard } from "@/lib/domain/inbox";
import { useInbox } from "../inbox/inbox-context";
import { personName } from "../inbox/person-name";
import { AlertDialog } from "../ui/alert-dialog";

type Props = { card: ConversationCard; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what blocking does before it is done, wherever it is asked for. */
export function BlockDialog({ card, open, onOpenChange }: Props) {
  const t = useTranslations("thread.header");
  const { verbs, viewer } = useInbox();
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("blockTitle", { name: personName(card.person, viewer.homeCountry) })}
      confirmLabel={t("block")}
      onConfirm={() => verbs.block(card.id, true)}
    >
      {t("blockWords")}
    </AlertDialog>
  );
}
