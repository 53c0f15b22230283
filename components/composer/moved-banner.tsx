"use client";

import { useTranslations } from "next-intl";
import { useInbox } from "../inbox/inbox-context";
import type { StoppedReply } from "../inbox/inbox-state";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";

type Props = {
  stopped: StoppedReply;
  /** No: a file of it cannot leave, or is not with us yet. */
  isReady: boolean;
  onSend: () => void;
  onReview: () => void;
};

/** The conversation moved on while the reply was written: what is new, and who decides. */
export function MovedBanner({ stopped, isReady, onSend, onReview }: Props) {
  const t = useTranslations("composer.moved");
  const { viewer } = useInbox();
  const last = stopped.news.at(-1);
  const colleague = stopped.news.find(
    (message) => message.direction === "out" && message.author?.id !== viewer.id,
  );
  return (
    <Banner
      tone="warning"
      role="alert"
      title={
        colleague
          ? t("colleague", { name: colleague.author?.name ?? t("someone") })
          : t("person", { count: stopped.news.length })
      }
      action={
        <span className="flex flex-wrap justify-end gap-1.5">
          <Button size="sm" onClick={onReview} autoFocus>
            {t("review")}
          </Button>
          <Button size="sm" variant="primary" disabled={!isReady} onClick={onSend}>
            {t("send")}
          </Button>
        </span>
      }
    >
      {last?.body ? <p className="line-clamp-2 italic">« {last.body} »</p> : null}
    </Banner>
  );
}
