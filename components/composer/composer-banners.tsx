"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useInbox, useInboxSlice, useNow } from "../inbox/inbox-context";
import { useTimeWords } from "../inbox/use-time-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { TemplateDialog } from "./template-dialog";

export type Obstacle = "optedOut" | "inactive" | "windowClosed" | "removed" | "email";

/** Why nothing can be sent here now; null: it can. The server checks the same again. */
export function useObstacle(id: string): Obstacle | null {
  const now = useNow();
  const { detail, sender, isKnown } = useInboxSlice((state) => {
    const card = state.cards[id];
    return {
      detail: state.details[id],
      sender: state.senders.find((candidate) => candidate.id === card?.integrationId),
      isKnown: state.senders.length > 0,
    };
  });
  if (isKnown && sender === undefined) return "removed";
  if (sender && !sender.isActive) return "inactive";
  // Nobody reads answers to our e-mails: a conversation is held elsewhere.
  if (sender?.type === "email") return "email";
  if (detail === undefined) return null;
  if (detail.isOptedOut) return "optedOut";
  if (detail.channel !== "whatsapp") return null;
  const isOpen = detail.windowEndsAt !== null && new Date(detail.windowEndsAt) > now;
  return isOpen ? null : "windowClosed";
}

const SOON_MS = 3 * 60 * 60_000;

type Props = { id: string; onWriteFrom: (integrationId: string) => void };

/** What an agent must know before writing: opted out, inactive number, closed window, blocked. */
export function ComposerBanners({ id, onWriteFrom }: Props) {
  const t = useTranslations("composer.banners");
  const { verbs } = useInbox();
  const obstacle = useObstacle(id);
  const [isChoosing, setChoosing] = useState(false);
  const detail = useInboxSlice((state) => state.details[id]);
  const bySms = useInboxSlice((state) =>
    state.senders.find((sender) => sender.type === "sms" && sender.isActive),
  );
  const isBlocked = useInboxSlice((state) => state.cards[id]?.person.isBlocked ?? false);
  const time = useTimeWords();
  const now = useNow();
  const at = detail?.optedOutAt ? time.moment(detail.optedOutAt) : null;
  const endsAt = detail?.windowEndsAt ?? null;
  const endsSoon =
    obstacle === null && endsAt !== null && Date.parse(endsAt) - now.getTime() < SOON_MS;
  return (
    <>
      {obstacle ? (
        <Banner
          tone="warning"
          title={t(`${obstacle}.title`)}
          role="status"
          action={
            obstacle === "email" && bySms ? (
              <Button size="xs" onClick={() => onWriteFrom(bySms.id)}>
                {t("windowClosed.bySms")}
              </Button>
            ) : obstacle === "windowClosed" ? (
              <div className="flex flex-wrap justify-end gap-1">
                <Button size="xs" onClick={() => setChoosing(true)}>
                  {t("windowClosed.template")}
                </Button>
                {bySms ? (
                  <Button size="xs" variant="ghost" onClick={() => onWriteFrom(bySms.id)}>
                    {t("windowClosed.bySms")}
                  </Button>
                ) : null}
              </div>
            ) : undefined
          }
        >
          {obstacle === "optedOut" && at ? t("optedOut.since", { at }) : t(`${obstacle}.words`)}
        </Banner>
      ) : null}
      <TemplateDialog id={id} isOpen={isChoosing} onClose={() => setChoosing(false)} />
      {detail?.badNumber ? <BadNumber {...detail.badNumber} /> : null}
      {endsSoon && endsAt ? (
        <Banner tone="info" role="status">
          {t("windowEnds", { at: time.clock(endsAt) })}
        </Banner>
      ) : null}
      {isBlocked ? (
        <Banner
          tone="warning"
          role="status"
          action={
            <Button size="xs" onClick={() => void verbs.block(id, false)}>
              {t("blocked.undo")}
            </Button>
          }
        >
          {t("blocked.words")}
        </Banner>
      ) : null}
    </>
  );
}

type BadNumberProps = { taskId: string; errorCode: string; waiting: number };

/** The number is no good: what is written now waits until somebody settles that. */
function BadNumber({ taskId, errorCode, waiting }: BadNumberProps) {
  const t = useTranslations();
  const key = `errors.provider.${errorCode}`;
  return (
    <Banner
      tone="warning"
      role="status"
      title={t.has(key) ? t(key) : t("errors.provider.unknown", { code: errorCode })}
      action={
        <Button asChild size="xs">
          <Link href={`/tasks#${taskId}`}>{t("composer.banners.badNumber.mend")}</Link>
        </Button>
      }
    >
      {t("composer.banners.badNumber.words", { count: waiting })}
    </Banner>
  );
}
