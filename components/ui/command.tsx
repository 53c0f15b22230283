"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A list one filters by typing and walks with the arrows (cmdk). */
export function Command({ className, ...rest }: ComponentProps<typeof Cmdk>) {
  return (
    <Cmdk className={cn("flex min-h-0 flex-col overflow-hidden rounded-md", className)} {...rest} />
  );
}

export function CommandInput({ className, ...rest }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex items-center gap-2 border-line border-b px-3">
      <Search className="size-4 shrink-0 text-subtle" aria-hidden />
      <Cmdk.Input
        className={cn(
          "h-10 w-full bg-transparent text-base text-fg outline-none focus-visible:outline-none max-sm:text-[1rem]",
          className,
        )}
        {...rest}
      />
    </div>
  );
}

export function CommandList({ className, ...rest }: ComponentProps<typeof Cmdk.List>) {
  return <Cmdk.List className={cn("max-h-80 min-h-0 overflow-y-auto p-1", className)} {...rest} />;
}

export function CommandEmpty({ className, ...rest }: ComponentProps<typeof Cmdk.Empty>) {
  return (
    <Cmdk.Empty className={cn("px-3 py-6 text-center text-muted text-sm", className)} {...rest} />
  );
}

export function CommandItem({ className, ...rest }: ComponentProps<typeof Cmdk.Item>) {
  return (
    <Cmdk.Item
      className={cn(
        "flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 text-fg text-sm outline-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover max-sm:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
        className,
      )}
      {...rest}
    />
  );
}
