import type { ReactNode } from "react";
import { cn } from "./cn";

/** A key of the keyboard. */
export function Kbd({
  children,
  tone = "plain",
}: {
  children: ReactNode;
  tone?: "plain" | "inverse";
}) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border px-1 font-sans text-2xs",
        tone === "plain" ? "border-line bg-canvas text-muted" : "border-current/30 text-current",
      )}
    >
      {children}
    </kbd>
  );
}
