"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { calmDown, setSwitches } from "@/app/(workspace)/simulator/actions";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import type { ActionResult } from "@/lib/auth/action";
import { formatAddress } from "@/lib/domain/format-address";
import type { NetworkSwitches } from "@/lib/embedded/simulator/switches";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { toast } from "../ui/toast";
import { FaultRow } from "./fault-row";
import { FAULT_GROUPS, isOn } from "./faults";
import { NetworkDeeds } from "./network-deeds";
import { WindowDeed } from "./window-deed";

type Props = {
  view: SimulatorView;
  homeCountry: string;
  isAdmin: boolean;
  /** Beside the mailbox: for everybody, and only what can happen to mails. */
  isMail?: boolean;
  onChanged: () => Promise<void>;
  className?: string;
};

/** What can be made to go wrong, for the chosen phone or for everybody, in plain words. */
export function FaultPanel({ view, homeCountry, isAdmin, isMail, onChanged, className }: Props) {
  const t = useTranslations("simulator.faults");
  const words = useErrorWords();
  const [scope, setScope] = useState<"phone" | "network">("phone");
  const isPhone = !isMail && scope === "phone" && view.phone !== null;
  const phone = isPhone ? view.phone : null;
  const values: Partial<NetworkSwitches> = isPhone ? view.own : view.network;
  const faults = FAULT_GROUPS.flatMap((group) => group.faults);
  const isCalm = !faults.some((fault) => isOn(fault, values));
  const name = view.phones.find((one) => one.phone === view.phone)?.name;
  const run = async (deed: Promise<ActionResult<null>>) => {
    const result = await deed;
    if (!result.ok) toast.error(words.about(result));
    await onChanged();
  };

  return (
    <section
      aria-label={t("title")}
      className={cn("h-full w-full min-w-0 flex-col overflow-y-auto", className)}
    >
      <header className="px-4 pt-4 max-lg:hidden">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <p className="mt-0.5 text-muted text-sm">{t("lead")}</p>
      </header>
      {isMail ? null : (
        <Choice label={t("scope")} value={scope} onChoose={setScope} className="mx-2 mt-1">
          <ChoiceItem value="phone" disabled={view.phone === null}>
            {name ?? (view.phone ? formatAddress(view.phone, homeCountry) : t("thisPhone"))}
          </ChoiceItem>
          <ChoiceItem value="network">{t("everybody")}</ChoiceItem>
        </Choice>
      )}
      <div className="flex flex-col gap-4 px-4 py-3">
        {FAULT_GROUPS.map((group) => (
          <fieldset key={group.key} className="flex flex-col gap-2.5">
            <legend className="mb-2 font-medium text-muted text-xs">
              {t(`groups.${group.key}`)}
            </legend>
            {group.faults
              .filter((fault) => !(isPhone ? fault.networkOnly : isMail && fault.phonesOnly))
              .map((fault) => (
                <FaultRow
                  key={fault.key}
                  fault={fault}
                  isOn={isOn(fault, values)}
                  onChange={(next) =>
                    run(setSwitches({ phone, values: next ? fault.on : fault.off }))
                  }
                />
              ))}
            {group.key === "person" && isPhone ? <WindowDeed view={view} run={run} /> : null}
          </fieldset>
        ))}
        <Button disabled={isCalm} onClick={() => void run(calmDown({ phone }))}>
          {t("calm")}
        </Button>
        {isPhone ? null : <NetworkDeeds isAdmin={isAdmin} run={run} />}
      </div>
    </section>
  );
}
