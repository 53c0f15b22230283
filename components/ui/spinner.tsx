import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Says that something is under way. Give a `label` where no text beside it says so. */
export function Spinner({ className, label }: { className?: string; label?: string }) {
  return (
    <LoaderCircle
      className={cn("size-4 animate-spin", className)}
      {...(label ? { role: "status", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}
