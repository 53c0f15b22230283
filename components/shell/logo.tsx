import { cn } from "../ui/cn";

/** A bell in the accent colour. Decorative: the name stands beside it or on the link around it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-7", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M16 6.5c-4 0-6.4 3-6.4 7.2 0 4.4-1.1 5.8-2 6.9-.6.7-.1 1.7.8 1.7h15.2c.9 0 1.4-1 .8-1.7-.9-1.1-2-2.5-2-6.9 0-4.200-2.400-7.200-6.400-7.200Z"
        className="fill-on-accent"
      />
      <path d="M13 24a3.100 3.100 0 0 0 6 0Z" className="fill-on-accent" />
    </svg>
  );
}
