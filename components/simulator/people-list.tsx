"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import { formatAddress } from "@/lib/domain/format-address";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Select } from "../ui/select";
import { AddPhoneDialog } from "./add-phone-dialog";

type Props = { view: SimulatorView; homeCountry: string; onChoose: (phone: string) => void };

/** Whose phone one holds: a list where there is room, a select on a phone. */
export function PeopleList({ view, homeCountry, onChoose }: Props) {
  const t = useTranslations("simulator");
  const { phones, phone } = view;
  const add = (
    <AddPhoneDialog onAdded={onChoose}>
      <Button size="sm">
        <Plus aria-hidden />
        {t("people.add")}
      </Button>
    </AddPhoneDialog>
  );
  return (
    <>
      <div className="flex items-center gap-2 p-2 lg:hidden">
        <Select
          aria-label={t("people.choose")}
          value={phone ?? ""}
          onChange={(event) => onChoose(event.target.value)}
          className="flex-1"
        >
          {phones.map((one) => (
            <option key={one.phone} value={one.phone}>
              {one.name ?? formatAddress(one.phone, homeCountry)}
            </option>
          ))}
        </Select>
        {add}
      </div>
      <nav
        aria-label={t("people.choose")}
        className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-2 max-lg:hidden"
      >
        {phones.length === 0 ? <EmptyState title={t("people.none")} className="py-6" /> : null}
        {phones.map((one) => (
          <button
            type="button"
            key={one.phone}
            aria-current={one.phone === phone ? "true" : undefined}
            onClick={() => onChoose(one.phone)}
            className={cn(
              "flex items-center gap-2.5 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover",
              one.phone === phone && "bg-active hover:bg-active",
            )}
          >
            <Avatar name={one.name} seed={one.phone} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-sm">
                {one.name ?? formatAddress(one.phone, homeCountry)}
              </span>
              <span className="block truncate text-muted text-xs">
                {one.lastBody || formatAddress(one.phone, homeCountry)}
              </span>
            </span>
          </button>
        ))}
      </nav>
      <div className="border-line border-t p-3 max-lg:hidden">{add}</div>
    </>
  );
}
