"use client";

import { CircleAlert, CircleHelp, Image, MapPin, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConversationCard } from "@/lib/domain/inbox";
import { useInbox, useInboxSlice } from "./inbox-context";

type LastMessage = NonNullable<ConversationCard["lastMessage"]>;

/** The last line of a conversation: the draft begun, else who wrote it, what, and whether it failed. */
export function CardPreview({ card }: { card: ConversationCard }) {
  const t = useTranslations("inbox.card");
  const draft = useInboxSlice((state) =>
    state.selectedId === card.id ? "" : (state.drafts[card.id] ?? "").trim(),
  );
  const last = card.lastMessage;
  const hasFailed = last?.status === "failed" || last?.status === "undelivered";
  if (draft !== "") {
    return (
      <>
        <span className="text-accent-fg">{t("draft")} </span>
        {draft}
      </>
    );
  }
  if (last === null) return <span className="italic">{t("empty")}</span>;
  return (
    <>
      {hasFailed ? (
        <span className="font-medium text-danger-fg">
          <CircleAlert className="-mt-px mr-1 inline size-3.5" aria-hidden />
          {t("failed")}{" "}
        </span>
      ) : null}
      <Author last={last} />
      <Words last={last} />
    </>
  );
}

function Author({ last }: { last: LastMessage }) {
  const t = useTranslations("inbox.card");
  const { viewer } = useInbox();
  const name = useInboxSlice(
    (state) => state.assignees.find((person) => person.id === last.authorUserId)?.name,
  );
  if (last.direction === "in") return null;
  if (last.authorUserId === viewer.id) return <span className="text-subtle">{t("you")} </span>;
  const first = name?.split(" ")[0];
  return <span className="text-subtle">{first ? t("by", { name: first }) : t("automatic")} </span>;
}

function Words({ last }: { last: LastMessage }) {
  const t = useTranslations("inbox.card");
  if (last.preview) return <>{last.preview}</>;
  const [Icon, words] = wordless(last, t);
  return (
    <>
      <Icon className="-mt-px mr-1 inline size-3.5 text-subtle" aria-hidden />
      {words}
    </>
  );
}

function wordless(last: LastMessage, t: ReturnType<typeof useTranslations<"inbox.card">>) {
  switch (last.kind) {
    case "location":
      return [MapPin, t("location")] as const;
    case "contacts":
      return [UserRound, t("contacts")] as const;
    case "unknown":
      return [CircleHelp, t("unknown")] as const;
    default:
      return [Image, t("media", { count: Math.max(1, last.mediaCount) })] as const;
  }
}
