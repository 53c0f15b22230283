"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Switch } from "../ui/switch";
import type { Fault } from "./faults";

type Props = { fault: Fault; isOn: boolean; onChange: (next: boolean) => Promise<void> };

/** One switch with what it does, in a sentence. */
export function FaultRow({ fault, isOn, onChange }: Props) {
  const t = useTranslations("simulator.faults.of");
  const id = useId();
  // Shown at once; the network's own state takes over when it has answered.
  const [asked, setAsked] = useState<boolean | null>(null);
  const change = async (next: boolean) => {
    setAsked(next);
    await onChange(next);
    setAsked(null);
  };
  return (
    <div className="flex items-start gap-3">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block text-sm">{t(`${fault.key}.name`)}</span>
        <span id={`${id}-what`} className="block text-muted text-xs">
          {t(`${fault.key}.what`)}
        </span>
      </label>
      <Switch
        id={id}
        aria-describedby={`${id}-what`}
        checked={asked ?? isOn}
        onCheckedChange={(next) => void change(next)}
        className="mt-0.5"
      />
    </div>
  );
}
