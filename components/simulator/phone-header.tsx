"use client";

import { ChevronDown, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SimulatorSender } from "@/app/(workspace)/simulator/view";
import { formatAddress, initialsOf } from "@/lib/domain/format-address";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";

type Props = {
  type: "sms" | "whatsapp";
  senders: SimulatorSender[];
  sender: SimulatorSender;
  homeCountry: string;
  onChoose: (address: string) => void;
};

/** Whom the phone writes to: one of our numbers. */
export function PhoneHeader({ type, senders, sender, homeCountry, onChoose }: Props) {
  const t = useTranslations("simulator");
  const number = sender.address.replace("whatsapp:", "");
  return (
    <header
      className={cn(
        "flex shrink-0 items-center gap-2.5 border-line border-b px-4 pb-2",
        type === "whatsapp" && "bg-success-soft pt-2",
      )}
    >
      <span
        aria-hidden
        className={cn(
          "chip flex size-9 shrink-0 items-center justify-center rounded-full font-semibold text-xs",
          type === "whatsapp" ? "tint-green" : "tint-blue",
        )}
      >
        {initialsOf(sender.name, number)}
      </span>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={t("to", { name: sender.name })}
          className="min-w-0 flex-1 rounded-md text-left"
        >
          <span className="flex items-center gap-1 font-semibold text-base">
            <span className="truncate">{sender.name}</span>
            <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />
          </span>
          <span className="block truncate text-muted text-xs tabular-nums">
            {formatAddress(number, homeCountry)}
          </span>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          <DropdownMenuRadioGroup value={sender.address} onValueChange={onChoose}>
            {senders.map((one) => (
              <DropdownMenuRadioItem key={one.address} value={one.address}>
                {one.name}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
      <span className="flex items-center gap-1 text-2xs text-muted">
        {type === "whatsapp" ? <Lock className="size-3" aria-hidden /> : null}
        {type === "whatsapp" ? t("whatsapp") : t("sms")}
      </span>
    </header>
  );
}
