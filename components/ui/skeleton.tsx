import { cn } from "./cn";

/** Holds the place of what is loading, at its size, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("block animate-shimmer rounded-md bg-active", className)} />
  );
}
