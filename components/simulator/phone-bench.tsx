"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { FaultPanel } from "./fault-panel";
import { Phone } from "./phone";

type Props = {
  view: SimulatorView;
  homeCountry: string;
  isAdmin: boolean;
  isChanging: boolean;
  /** Above the phones. */
  notice: ReactNode;
  onChanged: () => Promise<void>;
};
type Part = "sms" | "whatsapp" | "faults";

/** A person's two phones side by side, what can go wrong beside them; one at a time on a small screen. */
export function PhoneBench({ isChanging, notice, ...common }: Props) {
  const t = useTranslations("simulator");
  const { view, homeCountry, onChanged } = common;
  const [part, setPart] = useState<Part>("sms");
  const shown = (name: Part) => cn(part === name ? "flex" : "hidden", "lg:flex");
  return (
    <>
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
        {notice}
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
              onSent={onChanged}
              className={shown(type)}
            />
          ))}
          <FaultPanel {...common} className={cn(shown("faults"), "lg:hidden")} />
        </div>
      </div>
      <FaultPanel
        {...common}
        className="hidden w-76 shrink-0 border-line border-l bg-surface lg:flex"
      />
    </>
  );
}
