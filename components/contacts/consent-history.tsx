"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ConversationDetail } from "@/lib/domain/inbox";
import { hasRole } from "@/lib/domain/words";
import { useInbox } from "../inbox/inbox-context";
import { type ConsentEntry, readConsents } from "../inbox/inbox-data";
import { useTimeWords } from "../inbox/use-time-words";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "../ui/dialog";
import { Spinner } from "../ui/spinner";

type Props = { detail: ConversationDetail; isOpen: boolean; onClose: () => void };

/** Everything the person said about being written to, on all of our numbers; newest first. */
export function ConsentHistory({ detail, isOpen, onClose }: Props) {
  const t = useTranslations("contacts.consent");
  const { viewer } = useInbox();
  const { entries, hasMore, hasFailed, more } = useHistory(detail, isOpen);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? null : onClose())}>
      <DialogContent title={t("history")} width="md">
        <DialogBody>
          {hasFailed ? <p className="text-danger-fg text-sm">{t("failed")}</p> : null}
          {entries === null && !hasFailed ? <Spinner /> : null}
          {entries?.length === 0 ? <p className="text-muted text-sm">{t("empty")}</p> : null}
          <ul className="divide-y divide-line">
            {entries?.map((entry) => (
              <Line key={entry.id} entry={entry} />
            ))}
          </ul>
          {hasMore ? (
            <Button size="sm" onClick={() => void more()}>
              {t("older")}
            </Button>
          ) : null}
        </DialogBody>
        {hasRole(viewer.role, "admin") ? (
          <DialogFooter>
            <Button asChild size="sm">
              <a href={`/api/v1/consents/export?personId=${detail.person.id}`} download>
                {t("export")}
              </a>
            </Button>
          </DialogFooter>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

function Line({ entry }: { entry: ConsentEntry }) {
  const t = useTranslations("contacts.consent");
  const time = useTimeWords();
  const who = entry.actorName ?? t(`sources.${entry.source}`);
  return (
    <li className="flex flex-col gap-1 py-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={entry.state === "opted_out" ? "danger" : "success"}>
          {t(`states.${entry.state}`)}
        </Badge>
        <span className="text-muted">{entry.senderName}</span>
        <time dateTime={entry.at} className="ml-auto text-subtle text-xs">
          {time.full(entry.at)}
        </time>
      </p>
      {entry.words ? <p className="[overflow-wrap:anywhere]">« {entry.words} »</p> : null}
      <p className="text-subtle text-xs">{t("by", { who })}</p>
    </li>
  );
}

/** Read when the dialog opens, and afresh when what counts has changed meanwhile. */
function useHistory(detail: ConversationDetail, isOpen: boolean) {
  const [entries, setEntries] = useState<readonly ConsentEntry[] | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const { id: personId } = detail.person;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of what counts is a reason to read
  useEffect(() => {
    if (!isOpen) return;
    let isLeft = false;
    const read = async () => {
      const answer = await readConsents(personId, null);
      if (isLeft) return;
      setFailed(!answer.ok);
      setEntries(answer.ok ? answer.data.entries : null);
      setBefore(answer.ok ? answer.data.nextBefore : null);
    };
    void read();
    return () => {
      isLeft = true;
    };
  }, [isOpen, personId, detail.isOptedOut]);
  const more = async () => {
    const answer = await readConsents(personId, before);
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setEntries((held) => [...(held ?? []), ...answer.data.entries]);
    setBefore(answer.data.nextBefore);
  };
  return { entries, hasMore: before !== null, hasFailed, more };
}
