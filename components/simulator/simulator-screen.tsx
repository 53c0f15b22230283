"use client";

import { useTranslations } from "next-intl";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import { Banner } from "../ui/banner";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { MailBench } from "./mail-bench";
import { MailList } from "./mail-list";
import { PeopleList } from "./people-list";
import { PhoneBench } from "./phone-bench";
import { useSimulator } from "./use-simulator";

type Props = { initial: SimulatorView; homeCountry: string; isAdmin: boolean };

/** Phones or mailbox: whose on the left, what they hold in the middle, what can go wrong on the right. */
export function SimulatorScreen({ initial, homeCountry, isAdmin }: Props) {
  const t = useTranslations("simulator");
  const simulator = useSimulator(initial);
  const { view, shown, mailId, isLive, refresh } = simulator;
  const isMail = shown === "mail";
  const notice = isLive ? null : (
    <Banner tone="warning" role="status" className="m-3 mb-0">
      {t("offline")}
    </Banner>
  );
  const common = { view, homeCountry, isAdmin, notice, onChanged: refresh };
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <aside
        className={cn(
          "flex shrink-0 flex-col border-line border-b bg-surface lg:border-r lg:border-b-0",
          isMail ? "lg:w-76" : "lg:w-64",
        )}
      >
        <header className="px-4 pt-4 pb-2 max-lg:hidden">
          <h1 className="font-semibold text-lg">{t("title")}</h1>
          <p className="mt-0.5 text-muted text-sm">{t(isMail ? "mail.lead" : "lead")}</p>
        </header>
        <Choice
          label={t("show")}
          value={shown}
          onChoose={simulator.chooseShown}
          className="px-2 lg:mb-2"
        >
          <ChoiceItem value="phones">{t("phones")}</ChoiceItem>
          <ChoiceItem value="mail">{t("mails")}</ChoiceItem>
        </Choice>
        {isMail ? (
          <MailList
            mails={view.mails}
            chosen={mailId}
            onChoose={simulator.chooseMail}
            className="max-lg:hidden"
          />
        ) : (
          <PeopleList view={view} homeCountry={homeCountry} onChoose={simulator.choosePhone} />
        )}
      </aside>
      {isMail ? (
        <MailBench {...common} mailId={mailId} onChoose={simulator.chooseMail} />
      ) : (
        <PhoneBench {...common} isChanging={simulator.isChanging} />
      )}
    </div>
  );
}
