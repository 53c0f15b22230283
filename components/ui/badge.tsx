import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const style = cva(
  "inline-flex max-w-full shrink-0 items-center gap-1 truncate rounded-sm px-1.5 font-medium text-xs leading-5 [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-active text-muted",
        accent: "bg-accent-soft text-accent-fg",
        solid: "bg-accent text-on-accent",
        success: "bg-success-soft text-success-fg",
        warning: "bg-warning-soft text-warning-fg",
        danger: "bg-danger-soft text-danger-fg",
        outline: "border border-line text-muted",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export function Badge({
  className,
  tone,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof style>) {
  return <span className={cn(style({ tone }), className)} {...rest} />;
}
