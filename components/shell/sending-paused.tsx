"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { z } from "zod";
import { PAUSE_SCOPES } from "@/lib/domain/words";
import { Banner } from "../ui/banner";

const pause = z.object({
  scope: z.enum(PAUSE_SCOPES),
  since: z.iso.datetime(),
  by: z.string().nullable(),
});
const answer = z.object({ pauses: z.array(pause) });
/** As the browser holds it: the moment is ISO 8601 UTC. */
export type ShownPause = z.infer<typeof pause>;

const LOOK_EVERY_MS = 20_000;

type Props = { pauses: readonly ShownPause[]; mayLift: boolean };

/**
 * Nothing leaves, or nothing of a channel: since when, by whom. Told to everybody; asked again on each
 * page, and now and then while it is seen.
 */
export function SendingPaused({ pauses, mayLift }: Props) {
  const t = useTranslations("sending.banner");
  const format = useFormatter();
  const shown = usePauses(pauses);
  const [first] = shown.filter(({ scope }) => scope === "all");
  const told = first ? [first] : shown;
  if (told.length === 0) return null;
  return (
    <section aria-label={t("label")} className="flex flex-col gap-1 p-2 pb-0">
      {told.map(({ scope, since, by }) => (
        <Banner
          key={scope}
          tone="warning"
          role="status"
          title={t(scope === "all" ? "all" : "channel", {
            channel: scope === "all" ? "" : t(`channels.${scope}`),
            at: format.dateTime(new Date(since), "moment"),
            by: by ?? "-",
            isKnown: by === null ? "no" : "yes",
          })}
        >
          {t("lead")}{" "}
          {mayLift ? (
            <Link href="/settings/sending" className="font-medium underline">
              {t("lift")}
            </Link>
          ) : null}
        </Banner>
      ))}
    </section>
  );
}

/** Those that the page was made with, until the server says otherwise. */
function usePauses(first: readonly ShownPause[]): readonly ShownPause[] {
  const pathname = usePathname();
  const [known, setKnown] = useState({ first, pauses: first });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the reason to ask again
  useEffect(() => {
    const left = new AbortController();
    const look = async () => {
      if (document.hidden) return;
      const pauses = await readPauses(left.signal);
      if (pauses !== null && !left.signal.aborted) setKnown({ first, pauses });
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      left.abort();
      clearInterval(timer);
    };
  }, [pathname, first]);
  // A page that is made afresh knows better than what was asked before it.
  return known.first === first ? known.pauses : first;
}

/** null: the server does not answer; what is shown stays. */
async function readPauses(signal: AbortSignal): Promise<ShownPause[] | null> {
  try {
    const response = await fetch("/sending", { signal });
    return response.ok ? answer.parse(await response.json()).pauses : null;
  } catch {
    return null;
  }
}
