"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConversationDetail } from "@/lib/domain/inbox";
import { useTimeWords } from "../inbox/use-time-words";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConsentDialog } from "./consent-dialog";
import { ConsentHistory } from "./consent-history";

/** May they be written to on this number: what counts now, how to record it, and the proof. */
export function ConsentPart({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("contacts.consent");
  const time = useTimeWords();
  const [shown, setShown] = useState<"record" | "history" | null>(null);
  const close = () => setShown(null);
  return (
    <div className="flex flex-col gap-2">
      {detail.isOptedOut ? (
        <p className="flex flex-wrap items-center gap-1.5 text-sm">
          <Badge tone="danger">{t("optedOut")}</Badge>
          {detail.optedOutAt ? (
            <span className="text-muted">{t("since", { at: time.moment(detail.optedOutAt) })}</span>
          ) : null}
        </p>
      ) : (
        <p className="text-muted text-sm">{t("none")}</p>
      )}
      <div className="flex flex-wrap gap-1.5">
        <Button size="xs" onClick={() => setShown("record")}>
          {t("record")}
        </Button>
        <Button size="xs" variant="ghost" onClick={() => setShown("history")}>
          {t("history")}
        </Button>
      </div>
      <ConsentDialog detail={detail} isOpen={shown === "record"} onClose={close} />
      <ConsentHistory detail={detail} isOpen={shown === "history"} onClose={close} />
    </div>
  );
}
