import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";
import { Submit } from "./submit";

export const buttonStyle = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-sm hover:bg-accent-hover active:bg-accent",
        secondary:
          "border border-strong bg-surface text-fg shadow-sm hover:bg-hover active:bg-active aria-pressed:bg-active data-[state=open]:bg-active",
        ghost:
          "text-muted hover:bg-hover hover:text-fg active:bg-active aria-pressed:bg-active aria-pressed:text-fg data-[state=open]:bg-active data-[state=open]:text-fg",
        danger: "bg-danger text-white shadow-sm hover:bg-danger-hover",
        dangerGhost: "text-danger-fg hover:bg-danger-soft active:bg-danger-soft",
        link: "h-auto px-0 text-accent-fg underline-offset-2 hover:underline",
      },
      size: {
        // A finger needs 40 px; the smallest stands within a line of text.
        xs: "h-6 px-2 text-xs pointer-coarse:h-8",
        sm: "h-7 px-2.5 text-sm pointer-coarse:h-10",
        md: "h-8 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-base",
      },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonStyle> & {
    /** Dress the only child (a link) as a button. */
    asChild?: boolean;
    /** Shows a spinner, keeps the width, and takes no more clicks. */
    loading?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  asChild,
  loading,
  children,
  disabled,
  type,
  ...rest
}: ButtonProps) {
  const style = cn(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const Control = type === "submit" ? Submit : "button";
  return (
    <Control
      type={type ?? "button"}
      className={style}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...rest}
    >
      {loading ? (
        <>
          <span className="invisible inline-flex items-center gap-1.5">{children}</span>
          <Spinner className="absolute" />
        </>
      ) : (
        children
      )}
    </Control>
  );
}
