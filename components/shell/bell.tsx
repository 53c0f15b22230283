"use client";

import { Bell as BellIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { BellList } from "./bell-list";
import { NAV_ITEM, NavCount } from "./nav-link";
import { useBell } from "./use-bell";

type Props = { first: number; scope: string };

/** What somebody was told and has not read, with the last ones a click away; alive in every tab. */
export function Bell(props: Props) {
  const t = useTranslations("bell");
  const pathname = usePathname();
  const bell = useBell(props);
  const [isOpen, setOpen] = useState(false);
  const turn = (wanted: boolean) => {
    setOpen(wanted);
    bell.open(wanted);
  };
  return (
    <Popover open={isOpen} onOpenChange={turn}>
      <PopoverTrigger
        className={NAV_ITEM}
        aria-label={t("label", { count: bell.unread })}
        aria-current={pathname === "/notifications" ? "page" : undefined}
        title={t("title")}
      >
        <BellIcon className="size-4.5" aria-hidden />
        <span className="max-w-full truncate text-2xs md:sr-only">{t("title")}</span>
        <NavCount count={bell.unread} />
      </PopoverTrigger>
      <span role="status" className="sr-only">
        {bell.unread > 0 ? t("label", { count: bell.unread }) : ""}
      </span>
      <PopoverContent
        side="right"
        className="flex w-88 max-w-[calc(100vw-1rem)] flex-col overflow-hidden p-0"
        aria-label={t("title")}
      >
        <BellList bell={bell} onLeave={() => turn(false)} />
      </PopoverContent>
    </Popover>
  );
}
