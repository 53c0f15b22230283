"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MailView } from "@/app/(workspace)/simulator/view";
import { IconButton } from "../ui/icon-button";
import { MailBody } from "./mail-body";
import { MailDeeds } from "./mail-deeds";
import { MailFate } from "./mail-fate";
import { MailHeaders } from "./mail-headers";
import { MailTrail } from "./mail-trail";

type Props = { mail: MailView; onBack: () => void; onChanged: () => Promise<void> };

/** One mail as its person reads it, and what they may do with it. */
export function MailReader({ mail, onBack, onChanged }: Props) {
  const t = useTranslations("simulator.mail");
  return (
    <article
      aria-labelledby="mail-subject"
      className="flex min-h-0 flex-1 flex-col overflow-y-auto"
    >
      <header className="flex shrink-0 flex-col gap-3 px-4 py-4 lg:px-6">
        <div className="flex items-start gap-2">
          <IconButton
            label={t("back")}
            size="sm"
            onClick={onBack}
            className="-ml-1.5 shrink-0 lg:hidden"
          >
            <ArrowLeft aria-hidden />
          </IconButton>
          <h2
            id="mail-subject"
            className="min-w-0 flex-1 font-semibold text-lg [overflow-wrap:anywhere]"
          >
            {mail.subject || t("noSubject")}
          </h2>
          <MailFate event={mail.lastEvent} />
        </div>
        <MailHeaders mail={mail} />
        <MailTrail mail={mail} />
        <MailDeeds mail={mail} onChanged={onChanged} />
      </header>
      <MailBody mail={mail} />
    </article>
  );
}
