"use client";

import { BatteryFull, Signal, Wifi } from "lucide-react";
import { useFormatter } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { cn } from "../ui/cn";

type Props = { label: string; className?: string; children: ReactNode };

/** The body of a phone: bezel, speaker, status bar, and what it shows. */
export function PhoneFrame({ label, className, children }: Props) {
  return (
    <section
      aria-label={label}
      className={cn(
        "h-full max-h-[46rem] min-h-96 w-full max-w-[22.5rem] min-w-0 flex-col rounded-[2.75rem] bg-active p-2 shadow-lg ring-1 ring-line",
        className,
      )}
    >
      <div className="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-[2.25rem] bg-surface">
        <div aria-hidden className="flex h-9 shrink-0 items-center justify-between px-6 text-xs">
          <Clock />
          <span className="-translate-x-1/2 absolute left-1/2 h-5 w-20 rounded-full bg-active" />
          <span className="flex w-16 items-center justify-end gap-1 text-muted [&_svg]:size-3.5">
            <Signal />
            <Wifi />
            <BatteryFull />
          </span>
        </div>
        {children}
      </div>
    </section>
  );
}

/** Empty until the browser draws it: the server's minute would not match. */
function Clock() {
  const format = useFormatter();
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    const tick = () => setNow(new Date());
    tick();
    const timer = setInterval(tick, 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="w-16 whitespace-nowrap font-semibold tabular-nums">
      {now ? format.dateTime(now, "time") : ""}
    </span>
  );
}
