"use client";

import { MonitorSmartphone } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { signOutOfOthers } from "@/app/(workspace)/settings/profile/actions";
import { AlertDialog } from "../ui/alert-dialog";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { describeBrowser } from "./describe-browser";
import { useSaver } from "./use-saver";

export type SessionItem = {
  id: string;
  userAgent: string | null;
  lastSeenAt: Date;
  isCurrent: boolean;
};

/** The browsers in which one is signed in. */
export function SessionList({ sessions }: { sessions: readonly SessionItem[] }) {
  const t = useTranslations("settings.profile");
  const format = useFormatter();
  const saver = useSaver(signOutOfOthers, { done: t("othersSignedOut") });
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-2">
            <MonitorSmartphone className="size-4 shrink-0 text-subtle" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm">
                {describeBrowser(session.userAgent) ?? t("unknownBrowser")}
              </span>
              <span className="block text-muted text-xs">
                {t("lastSeen", { at: format.dateTime(session.lastSeenAt, "moment") })}
              </span>
            </span>
            {session.isCurrent ? <Badge tone="success">{t("thisBrowser")}</Badge> : null}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div>
          <AlertDialog
            trigger={<Button loading={saver.isBusy}>{t("signOutOthers")}</Button>}
            title={t("signOutOthers")}
            confirmLabel={t("signOutOthersConfirm")}
            onConfirm={async () => void (await saver.save({}))}
          >
            {t("signOutOthersLead")}
          </AlertDialog>
        </div>
      ) : null}
    </div>
  );
}
