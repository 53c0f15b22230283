"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

type Link = { href: string; text: string };

/** The links of a formatted mail, to be followed from here: within its frame they lead nowhere. */
export function MailLinks({ html }: { html: string }) {
  const t = useTranslations("simulator.mail");
  const [links, setLinks] = useState<Link[]>([]);
  useEffect(() => setLinks(linksOf(html)), [html]);
  if (links.length === 0) return null;
  return (
    <nav
      aria-label={t("links")}
      className="flex shrink-0 flex-wrap gap-x-4 gap-y-1 border-line border-b bg-surface px-4 py-2 text-sm lg:px-6"
    >
      {links.map(({ href, text }) => (
        <a
          key={href}
          href={href}
          title={href}
          target="_blank"
          rel="noreferrer noopener"
          className="inline-flex min-w-0 max-w-full items-center gap-1 text-accent-fg underline-offset-2 hover:underline"
        >
          <span className="truncate">{text}</span>
          <ExternalLink className="size-3 shrink-0" aria-hidden />
        </a>
      ))}
    </nav>
  );
}

/** A document that is only parsed runs and loads nothing. */
function linksOf(html: string): Link[] {
  const anchors = new DOMParser().parseFromString(html, "text/html").querySelectorAll("a[href]");
  const links = new Map<string, Link>();
  for (const anchor of anchors) {
    const href = anchor.getAttribute("href")?.trim() ?? "";
    if (!/^https?:\/\//i.test(href) || links.has(href)) continue;
    links.set(href, { href, text: anchor.textContent?.trim() || href });
  }
  return [...links.values()];
}
