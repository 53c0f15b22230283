"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { restoreVersion } from "@/app/(workspace)/templates/actions";
import { diffTexts } from "@/lib/domain/text-diff";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";

export type ShownVersion = {
  /** 0: as shipped. */
  version: number;
  name: string;
  subject: string | null;
  body: string;
  isActive: boolean;
  savedAt: string | null;
  savedBy: string | null;
};

type Props = {
  id: string;
  /** The newest. */
  version: number;
  versions: readonly ShownVersion[];
};

/** Everything that was saved, against the newest; any of it can be made the newest again. */
export function VersionList({ id, version, versions }: Props) {
  const t = useTranslations("templates.versions");
  const format = useFormatter();
  const saver = useSaver(restoreVersion, { done: t("restored") });
  const [opened, setOpened] = useState<number | null>(null);
  const newest = versions.find((one) => one.version === version);
  return (
    <ol className="flex flex-col divide-y divide-line">
      {versions.map((one) => {
        const isNewest = one.version === version;
        const isOpen = opened === one.version;
        return (
          <li key={one.version} className="flex flex-col gap-2 py-2">
            <div className="flex flex-wrap items-center gap-2 text-sm">
              <span className="font-medium">
                {one.version === 0 ? t("shipped") : t("version", { version: one.version })}
              </span>
              {isNewest ? <Badge tone="success">{t("newest")}</Badge> : null}
              {one.version > 0 && !one.isActive ? <Badge tone="warning">{t("off")}</Badge> : null}
              {one.savedAt === null ? null : (
                <span className="min-w-40 flex-1 text-muted text-xs">
                  {t("savedBy", {
                    who: one.savedBy ?? t("apiKey"),
                    at: format.dateTime(new Date(one.savedAt), "moment"),
                  })}
                </span>
              )}
              {isNewest || !newest ? null : (
                <span className="ml-auto flex gap-2">
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-expanded={isOpen}
                    onClick={() => setOpened(isOpen ? null : one.version)}
                  >
                    {t("compare")}
                  </Button>
                  <AlertDialog
                    trigger={<Button size="sm">{t("restore")}</Button>}
                    title={t("restoreTitle")}
                    confirmLabel={t("restore")}
                    tone="primary"
                    onConfirm={async () => {
                      await saver.save({ id, version: one.version, seenVersion: version });
                    }}
                  >
                    {t("restoreLead")}
                  </AlertDialog>
                </span>
              )}
            </div>
            {isOpen && newest ? <Difference before={one} after={newest} /> : null}
          </li>
        );
      })}
    </ol>
  );
}

type DifferenceProps = { before: ShownVersion; after: ShownVersion };

/** From that version to the newest: what went is struck, what came is underlined. */
function Difference({ before, after }: DifferenceProps) {
  const t = useTranslations("templates.versions");
  const parts = diffTexts(wholeOf(before), wholeOf(after));
  return (
    <section aria-label={t("difference")} className="rounded-md bg-canvas p-3">
      <p className="whitespace-pre-wrap font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {parts.map(({ kind, text }, index) => {
          const key = `${index} ${kind}`;
          if (kind === "same") return <span key={key}>{text}</span>;
          return kind === "added" ? (
            <ins key={key} className="rounded-xs bg-success-soft text-success-fg">
              {text}
            </ins>
          ) : (
            <del key={key} className="rounded-xs bg-danger-soft text-danger-fg">
              {text}
            </del>
          );
        })}
      </p>
    </section>
  );
}

function wholeOf({ name, subject, body }: ShownVersion): string {
  return [name, ...(subject === null ? [] : [subject]), body].join("\n");
}
