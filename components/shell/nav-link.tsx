"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";

type Props = {
  href: string;
  /** Which part of the product it stands for: marks it while one is anywhere below. */
  root?: string;
  label: string;
  icon: LucideIcon;
  /** Things to do there; 0 shows nothing. */
  count?: number;
  /** Opens beside the product rather than in it. */
  isOutside?: boolean;
};

/** One part of the product: an icon with its name below it on phones, in a tooltip elsewhere. */
export function NavLink({ href, root = href, label, icon: Icon, count = 0, isOutside }: Props) {
  const pathname = usePathname();
  const isCurrent = pathname === root || pathname.startsWith(`${root}/`);
  return (
    <Tooltip label={label} side="right">
      <Link
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        {...(isOutside ? { target: "_blank", rel: "noreferrer", prefetch: false } : {})}
        className={NAV_ITEM}
      >
        <Icon className="size-4.5" aria-hidden />
        <span className="max-w-full truncate text-2xs md:sr-only">{label}</span>
        <NavCount count={count} />
      </Link>
    </Tooltip>
  );
}

/** How an item of the bar looks, be it a link or a button. */
export const NAV_ITEM = cn(
  "relative flex items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:text-fg",
  "h-12 min-w-0 flex-1 flex-col gap-0.5 md:size-9 md:flex-none",
);

/** Things to do there; nothing of 0. */
export function NavCount({ count }: { count: number }) {
  if (count <= 0) return null;
  return (
    <span className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-2xs text-on-accent leading-4 max-md:right-[calc(50%-1.4rem)]">
      {count > 99 ? "99+" : count}
    </span>
  );
}
