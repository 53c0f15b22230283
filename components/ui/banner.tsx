import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const TONES = {
  info: { icon: Info, style: "bg-accent-soft text-accent-fg" },
  success: { icon: CircleCheck, style: "bg-success-soft text-success-fg" },
  warning: { icon: TriangleAlert, style: "bg-warning-soft text-warning-fg" },
  danger: { icon: CircleAlert, style: "bg-danger-soft text-danger-fg" },
} as const;

type Props = {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  /** A button or link at the end. */
  action?: ReactNode;
  className?: string;
  role?: "alert" | "status" | "note";
};

/** A message that stays where it is until what it says is no longer true. */
export function Banner({ tone = "info", title, children, action, className, role }: Props) {
  const { icon: Icon, style } = TONES[tone];
  return (
    <div
      role={role ?? (tone === "danger" ? "alert" : "note")}
      className={cn(
        "flex flex-wrap items-start gap-2 rounded-md px-3 py-2 text-sm",
        style,
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 basis-52">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={cn(title && "opacity-90")}>{children}</div> : null}
      </div>
      {action ? <div className="ml-auto shrink-0">{action}</div> : null}
    </div>
  );
}
