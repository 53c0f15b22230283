"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "relative inline-flex h-4.5 pointer-coarse:after:absolute pointer-coarse:after:-inset-3 w-8 shrink-0 items-center rounded-full border border-transparent bg-strong p-0.5 transition-colors hover:bg-subtle disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:bg-accent data-[state=checked]:hover:bg-accent-hover",
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  );
}
