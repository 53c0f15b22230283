import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyle } from "./input";

/** The platform's own select in our dress: right on phones, with keyboards and screen readers. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cn("relative block w-full", className)}>
      <select
        className={cn(controlStyle, "h-8 appearance-none truncate pr-8 max-sm:h-10")}
        {...rest}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-4 text-muted"
      />
    </span>
  );
}
