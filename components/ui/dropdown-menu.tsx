"use client";

import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;
export const DropdownMenuSub = Radix.Sub;

export const menuStyle =
  "z-50 min-w-44 animate-pop-in overflow-y-auto rounded-md bg-raised p-1 shadow-md outline-none max-h-[var(--radix-dropdown-menu-content-available-height)]";
const itemStyle =
  "relative flex h-7.5 cursor-default select-none items-center gap-2 rounded-sm px-2 text-fg text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 max-sm:h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

export function DropdownMenuContent({
  className,
  sideOffset = 4,
  ...rest
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(menuStyle, className)}
        {...rest}
      />
    </Radix.Portal>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & {
  tone?: "plain" | "danger";
  shortcut?: ReactNode;
};

export function DropdownMenuItem({
  className,
  tone = "plain",
  shortcut,
  children,
  ...rest
}: ItemProps) {
  return (
    <Radix.Item
      className={cn(
        itemStyle,
        tone === "danger" &&
          "text-danger-fg data-[highlighted]:bg-danger-soft [&_svg]:text-danger-fg",
        className,
      )}
      {...rest}
    >
      {rest.asChild ? (
        children
      ) : (
        <>
          {children}
          {shortcut ? (
            <span className="ml-auto pl-4">
              <Kbd>{shortcut}</Kbd>
            </span>
          ) : null}
        </>
      )}
    </Radix.Item>
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemStyle, "pr-8", className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2 py-1 text-subtle text-xs", className)} {...rest} />;
}

export function DropdownMenuSeparator({
  className,
  ...rest
}: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn("-mx-1 my-1 h-px bg-line", className)} {...rest} />;
}

export function DropdownMenuSubTrigger({
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.SubTrigger>) {
  return (
    <Radix.SubTrigger className={cn(itemStyle, "data-[state=open]:bg-hover", className)} {...rest}>
      {children}
      <ChevronRight className="ml-auto" />
    </Radix.SubTrigger>
  );
}

export function DropdownMenuSubContent({
  className,
  ...rest
}: ComponentProps<typeof Radix.SubContent>) {
  return (
    <Radix.Portal>
      <Radix.SubContent
        sideOffset={4}
        collisionPadding={8}
        className={cn(menuStyle, className)}
        {...rest}
      />
    </Radix.Portal>
  );
}
