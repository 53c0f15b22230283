"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Role } from "@/lib/domain/words";
import { settingsSectionsOf } from "../shell/sections";

/** The pages of the settings that this role may open. */
export function SettingsNav({ role }: { role: Role }) {
  const t = useTranslations("settings.sections");
  const pathname = usePathname();
  const sections = settingsSectionsOf(role);
  if (sections.length < 2) return null;
  return (
    <nav
      aria-label={t("label")}
      className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-3 py-2 md:w-52 md:flex-col md:border-r md:border-b-0 md:p-3"
    >
      <p className="hidden px-2 pt-1 pb-2 font-semibold text-base md:block">{t("label")}</p>
      {sections.map(({ key, href }) => (
        <Link
          key={key}
          href={href}
          ref={pathname.startsWith(href) ? bringIntoView : undefined}
          aria-current={pathname.startsWith(href) ? "page" : undefined}
          className="whitespace-nowrap rounded-md px-2 py-1.5 text-muted max-md:py-2.5 text-sm transition-colors hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg"
        >
          {t(key)}
        </Link>
      ))}
    </nav>
  );
}

/** On a phone the sections scroll sideways. */
function bringIntoView(link: HTMLAnchorElement | null) {
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
