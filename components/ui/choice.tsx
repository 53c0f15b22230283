"use client";

import { ToggleGroup as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

type Props<T extends string> = {
  label: string;
  value: T;
  onChoose: (value: T) => void;
  className?: string;
  children: ComponentProps<typeof Radix.Root>["children"];
};

/** One of a few, side by side: always exactly one is chosen. */
export function Choice<T extends string>({ label, onChoose, className, ...rest }: Props<T>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      // A click on the chosen one would leave none: then nothing changes.
      onValueChange={(value) => value !== "" && onChoose(value as T)}
      className={cn("flex shrink-0 gap-1 overflow-x-auto border-line border-b", className)}
      {...rest}
    />
  );
}

export function ChoiceItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cn(
        "-mb-px h-9 whitespace-nowrap pointer-coarse:h-10 border-transparent border-b-2 px-2.5 font-medium text-muted text-sm transition-colors hover:text-fg disabled:cursor-not-allowed disabled:opacity-50 data-[state=on]:border-accent data-[state=on]:text-fg",
        className,
      )}
      {...rest}
    />
  );
}
