"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

type Props = {
  label: ReactNode;
  shortcut?: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

/** Wrap the app once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** Explains its only child, which must take a ref and focus. */
export function Tooltip({ label, shortcut, side = "top", children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade-in items-center gap-2 rounded-md bg-fg px-2 py-1 text-canvas text-xs shadow-md"
        >
          {label}
          {shortcut ? <Kbd tone="inverse">{shortcut}</Kbd> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
