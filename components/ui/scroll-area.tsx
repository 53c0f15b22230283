import type { ComponentProps } from "react";
import { cn } from "./cn";

/**
 * A region that scrolls, with the browser's own thin scrollbar: keyboard, touch and zoom work as
 * people know them. Give it a label and it can be focused and scrolled by keyboard.
 */
export function ScrollArea({ className, ...rest }: ComponentProps<"section">) {
  const isNamed = Boolean(rest["aria-label"] ?? rest["aria-labelledby"]);
  return (
    <section
      tabIndex={isNamed ? 0 : undefined}
      className={cn("min-h-0 overflow-y-auto overscroll-contain", className)}
      {...rest}
    />
  );
}
