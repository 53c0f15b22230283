"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;

export const overlayStyle = "fixed inset-0 z-40 animate-fade-in bg-overlay";
export const panelStyle =
  "fixed left-1/2 z-50 flex w-[calc(100vw-2rem)] -translate-x-1/2 animate-pop-in flex-col rounded-xl bg-raised shadow-lg outline-none max-h-[min(46rem,calc(100dvh-2rem))] top-1/2 -translate-y-1/2";

const WIDTHS = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl" } as const;

type Props = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  /** Hide the title from sight, not from screen readers. */
  hideTitle?: boolean;
  description?: ReactNode;
  width?: keyof typeof WIDTHS;
};

/** A panel over the page. Escape and a click beside it close it; focus returns to where it was. */
export function DialogContent({
  title,
  hideTitle,
  description,
  width = "md",
  className,
  children,
  ...rest
}: Props) {
  const t = useTranslations("ui");
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyle} />
      <Radix.Content
        className={cn(panelStyle, WIDTHS[width], className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...rest}
      >
        <header className={cn("flex items-start gap-3 px-5 pt-4 pb-2", hideTitle && "sr-only")}>
          <div className="min-w-0 flex-1">
            <Radix.Title className="font-semibold text-fg text-lg">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="mt-0.5 text-muted text-sm">
                {description}
              </Radix.Description>
            ) : null}
          </div>
          {hideTitle ? null : (
            <Radix.Close asChild>
              {/* Without a tooltip: it would open with the focus and take the first Escape. */}
              <Button
                aria-label={t("close")}
                variant="ghost"
                size="sm"
                className="-mr-1.5 size-7 px-0 pointer-coarse:size-10"
              >
                <X />
              </Button>
            </Radix.Close>
          )}
        </header>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

export function DialogBody({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      className={cn("flex min-h-0 flex-col gap-4 overflow-y-auto px-5 py-2", className)}
      {...rest}
    />
  );
}

export function DialogFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn("flex flex-wrap items-center justify-end gap-2 px-5 pt-3 pb-4", className)}
      {...rest}
    />
  );
}
