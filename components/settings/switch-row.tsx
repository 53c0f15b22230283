"use client";

import { type ReactNode, useId } from "react";
import { Label } from "../ui/label";
import { Switch } from "../ui/switch";

type Props = {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  defaultChecked: boolean;
  disabled?: boolean;
};

/** A choice of on or off with its explanation; submits as a checkbox. */
export function SwitchRow({ name, label, help, defaultChecked, disabled }: Props) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <span className="min-w-0">
        <Label htmlFor={id}>{label}</Label>
        {help ? (
          <p id={`${id}-help`} className="text-muted text-xs">
            {help}
          </p>
        ) : null}
      </span>
      <Switch
        id={id}
        name={name}
        value="on"
        defaultChecked={defaultChecked}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
      />
    </div>
  );
}
