"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ThreadActivity } from "@/lib/domain/inbox";
import { useInbox } from "../inbox/inbox-context";
import { useTimeWords } from "../inbox/use-time-words";

/** How many lines are shown before they fold into one. */
const FOLD_OVER = 2;

/** What was done to the conversation, folded where it is long. */
export function ActivityLines({ activities }: { activities: readonly ThreadActivity[] }) {
  const t = useTranslations("thread");
  const [isOpen, setOpen] = useState(false);
  const isFolded = activities.length > FOLD_OVER && !isOpen;
  const shown = isFolded ? activities.slice(-1) : activities;
  return (
    <div className="flex flex-col items-center gap-0.5 px-6 pt-3 text-center text-subtle text-xs">
      {isFolded ? (
        <button
          type="button"
          className="rounded-sm underline decoration-dotted underline-offset-2 hover:text-fg"
          aria-expanded={false}
          onClick={() => setOpen(true)}
        >
          {t("activity.more", { count: activities.length - 1 })}
        </button>
      ) : null}
      {shown.map((activity) => (
        <Line key={activity.id} activity={activity} />
      ))}
    </div>
  );
}

function Line({ activity }: { activity: ThreadActivity }) {
  const sentence = useActivitySentence();
  const time = useTimeWords();
  return (
    <p title={time.full(activity.at)}>
      {sentence(activity)} · {time.clock(activity.at)}
    </p>
  );
}

function useActivitySentence() {
  const t = useTranslations("thread.activity");
  const { viewer, store } = useInbox();
  return ({ kind, actor, data }: ThreadActivity): string => {
    const isMe = actor?.id === viewer.id;
    const who = isMe ? "you" : actor ? "someone" : "nobody";
    const assigneeId = data.assigneeId ?? data.userId ?? null;
    const name =
      data.assigneeName ??
      data.name ??
      store.get().assignees.find((person) => person.id === assigneeId)?.name ??
      "";
    const word = data.words ?? data.word ?? "";
    const words = { who, actor: actor?.name ?? "", name, word };
    if (kind === "assigned" && actor !== null && assigneeId === actor.id) return t("took", words);
    if (kind === "assigned" && assigneeId === viewer.id) return t("assignedYou", words);
    if ((kind === "opted_out" || kind === "opted_in") && data.by === "team") {
      return t(`${kind}_recorded`, words);
    }
    if ((kind === "opted_out" || kind === "opted_in") && data.by === "link") {
      return t(`${kind}_link`);
    }
    if (kind === "opted_out" || kind === "opted_in") {
      return t(word === "" ? kind : `${kind}_by`, words);
    }
    if (kind === "answered") {
      return t("answered", { action: data.action ?? "other", title: data.title ?? "" });
    }
    return t.has(kind) ? t(kind, words) : t("other", { ...words, kind });
  };
}
