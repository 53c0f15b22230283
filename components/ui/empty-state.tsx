import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = {
  icon?: LucideIcon;
  title: ReactNode;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, className }: Props) {
  return (
    <div
      className={cn(
        "flex flex-col items-center justify-center gap-2 px-6 py-12 text-center",
        className,
      )}
    >
      {Icon ? (
        <span className="mb-1 rounded-xl bg-hover p-3 text-subtle">
          <Icon className="size-5" aria-hidden />
        </span>
      ) : null}
      <div className="font-medium text-fg">{title}</div>
      {children ? (
        <div className="max-w-prose text-balance text-muted text-sm">{children}</div>
      ) : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
