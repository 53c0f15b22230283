import type { ReactNode } from "react";
import { cn } from "../ui/cn";

type Props = {
  title: ReactNode;
  lead?: ReactNode;
  /** A button at the right of the title. */
  action?: ReactNode;
  tone?: "plain" | "danger";
  children: ReactNode;
};

/** One subject of a settings page. */
export function Section({ title, lead, action, tone = "plain", children }: Props) {
  return (
    <section
      className={cn(
        "flex flex-col gap-4 rounded-xl border bg-surface p-4 sm:p-5",
        tone === "danger" ? "border-danger/40" : "border-line",
      )}
    >
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-semibold text-base">{title}</h2>
          {lead ? <div className="mt-0.5 max-w-prose text-muted text-sm">{lead}</div> : null}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
