"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import { Banner } from "../ui/banner";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { FaultPanel } from "./fault-panel";
import { PeopleList } from "./people-list";
import { Phone } from "./phone";
import { useSimulator } from "./use-simulator";

type Props = { initial: SimulatorView; homeCountry: string; isAdmin: boolean };
type Part = "sms" | "whatsapp" | "faults";

/** People on the left, their two phones in the middle, what can go wrong on the right. */
export function SimulatorScreen({ initial, homeCountry, isAdmin }: Props) {
  const t = useTranslations("simulator");
  const { view, isLive, isChanging, choose, refresh } = useSimulator(initial);
  const [part, setPart] = useState<Part>("sms");
  const shown = (name: Part) => cn(part === name ? "flex" : "hidden", "lg:flex");
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <aside className="flex shrink-0 flex-col border-line border-b bg-surface lg:w-64 lg:border-r lg:border-b-0">
        <header className="px-4 pt-4 pb-2 max-lg:hidden">
          <h1 className="font-semibold text-lg">{t("title")}</h1>
          <p className="mt-0.5 text-muted text-sm">{t("lead")}</p>
        </header>
        <PeopleList view={view} homeCountry={homeCountry} onChoose={choose} />
      </aside>
      <Choice
        label={t("parts")}
        value={part}
        onChoose={setPart}
        className="bg-surface px-2 lg:hidden"
      >
        <ChoiceItem value="sms">{t("sms")}</ChoiceItem>
        <ChoiceItem value="whatsapp">{t("whatsapp")}</ChoiceItem>
        <ChoiceItem value="faults">{t("faults.title")}</ChoiceItem>
      </Choice>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
        {isLive ? null : (
          <Banner tone="warning" role="status" className="m-3 mb-0">
            {t("offline")}
          </Banner>
        )}
        <div
          inert={isChanging}
          className="flex min-h-0 flex-1 items-center justify-center gap-6 px-3 py-3 lg:px-6 xl:gap-10"
        >
          {(["sms", "whatsapp"] as const).map((type) => (
            <Phone
              key={`${type} ${view.phone}`}
              type={type}
              view={view}
              homeCountry={homeCountry}
              onSent={refresh}
              className={shown(type)}
            />
          ))}
          <FaultPanel
            view={view}
            homeCountry={homeCountry}
            isAdmin={isAdmin}
            onChanged={refresh}
            className={cn(shown("faults"), "lg:hidden")}
          />
        </div>
      </div>
      <FaultPanel
        view={view}
        homeCountry={homeCountry}
        isAdmin={isAdmin}
        onChanged={refresh}
        className="hidden w-76 shrink-0 border-line border-l bg-surface lg:flex"
      />
    </div>
  );
}
