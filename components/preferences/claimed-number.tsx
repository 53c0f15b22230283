"use client";

import { CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CodeForm } from "./code-form";

type Deed = { isBusy: boolean; run: () => void };

type Props = {
  title: string;
  /** The number as people write it. */
  shown: string;
  /** What holds until the code is entered. */
  children: ReactNode;
  confirm: ComponentProps<typeof CodeForm>["confirm"];
  again: Deed;
  drop: Deed;
};

/** A number of which somebody has not shown yet that it is theirs, with the way to do so. */
export function ClaimedNumber({ title, shown, children, confirm, again, drop }: Props) {
  const t = useTranslations("claimedNumber");
  const own = useTranslations("addresses");
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded-lg border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="text-sm">{shown}</span>
        <Badge tone="neutral">
          <CircleDashed className="size-3.5" aria-hidden />
          {t("unproven")}
        </Badge>
      </div>
      {children}
      <CodeForm confirm={confirm} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" loading={again.isBusy} onClick={again.run}>
          {own("again")}
        </Button>
        <Button size="sm" variant="ghost" loading={drop.isBusy} onClick={drop.run}>
          {t("drop")}
        </Button>
      </div>
    </section>
  );
}
