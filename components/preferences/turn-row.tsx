"use client";

import { useId } from "react";
import { Label } from "../ui/label";
import { Switch } from "../ui/switch";

type Props = { label: string; help: string; isOn: boolean; onTurn: (isOn: boolean) => void };

/** A choice of on or off that holds at once. */
export function TurnRow({ label, help, isOn, onTurn }: Props) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <span className="min-w-0">
        <Label htmlFor={id}>{label}</Label>
        <p id={`${id}-help`} className="text-muted text-xs">
          {help}
        </p>
      </span>
      <Switch id={id} checked={isOn} onCheckedChange={onTurn} aria-describedby={`${id}-help`} />
    </div>
  );
}
