import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Look of every control one types into; 16 px on phones, where less makes iOS zoom in. */
export const controlStyle =
  "w-full rounded-md border border-strong bg-surface px-2.5 text-base text-fg shadow-sm transition-colors hover:border-subtle focus-visible:border-ring focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-canvas disabled:text-muted disabled:hover:border-strong aria-invalid:border-danger max-sm:text-[1rem]";

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return (
    <input
      type={type}
      className={cn(controlStyle, "h-8 read-only:bg-canvas max-sm:h-10", className)}
      {...rest}
    />
  );
}
