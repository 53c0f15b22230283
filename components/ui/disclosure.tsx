import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = { summary: ReactNode; className?: string; children: ReactNode };

/** More of something, folded away until it is asked for. */
export function Disclosure({ summary, className, children }: Props) {
  return (
    <details className={cn("group/fold", className)}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm py-1 text-muted text-xs hover:text-fg pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-3.5 shrink-0 transition-transform group-open/fold:rotate-90"
          aria-hidden
        />
        <span>{summary}</span>
      </summary>
      {children}
    </details>
  );
}
