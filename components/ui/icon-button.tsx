import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

const SIZES = {
  xs: "size-6 pointer-coarse:size-8",
  sm: "size-7 pointer-coarse:size-10",
  md: "size-8 pointer-coarse:size-10",
  lg: "size-10",
} as const;

type Props = Omit<ButtonProps, "aria-label" | "asChild"> & {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  /** Shown in the tooltip beside the label. */
  shortcut?: ReactNode;
  tooltipSide?: "top" | "right" | "bottom" | "left";
};

/** A button that is only an icon. */
export function IconButton({
  label,
  shortcut,
  tooltipSide,
  size,
  variant = "ghost",
  className,
  ...rest
}: Props) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={tooltipSide}>
      <Button
        aria-label={label}
        variant={variant}
        size={size}
        className={cn("px-0", SIZES[size ?? "md"], className)}
        {...rest}
      />
    </Tooltip>
  );
}
