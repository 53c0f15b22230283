"use client";

import { useFormatter, useTranslations } from "next-intl";
import { closeWindow } from "@/app/(workspace)/simulator/actions";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import type { ActionResult } from "@/lib/auth/action";
import { Button } from "../ui/button";

type Props = { view: SimulatorView; run: (deed: Promise<ActionResult<null>>) => Promise<void> };

const DAY_MS = 24 * 3_600_000;

/** The 24 hours in which WhatsApp lets us write freely: until when, and a way to end them now. */
export function WindowDeed({ view, run }: Props) {
  const t = useTranslations("simulator.faults.window");
  const format = useFormatter();
  const { phone } = view;
  const senders = view.senders.filter((one) => one.type === "whatsapp");
  if (phone === null) return null;
  return senders.map((sender) => {
    const openedAt = view.thread.windows.find((one) => one.sender === sender.address)?.openedAt;
    const ends = new Date((openedAt ?? 0) + DAY_MS);
    const isOpen = ends.getTime() > Date.now();
    return (
      <div key={sender.address} className="flex items-start gap-3">
        <p className="min-w-0 flex-1 text-sm">
          {t("name", { sender: sender.name })}
          <span className="block text-muted text-xs" suppressHydrationWarning>
            {isOpen ? t("open", { until: format.dateTime(ends, "moment") }) : t("closed")}
          </span>
        </p>
        <Button
          size="xs"
          disabled={!isOpen}
          onClick={() => void run(closeWindow({ phone, sender: sender.address }))}
        >
          {t("close")}
        </Button>
      </div>
    );
  });
}
