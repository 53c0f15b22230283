"use client";

import { LogIn, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { useInboxSlice } from "./inbox-context";

/** A short drop is nobody's concern: said only when it lasts. */
const PATIENCE_MS = 2_500;

/** Discreetly: the live stream is down, or the session is over. */
export function ConnectionNote() {
  const t = useTranslations("inbox.connection");
  const connection = useInboxSlice((state) => state.connection);
  const isSignedOut = useInboxSlice((state) => state.isSignedOut);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (connection !== "lost") {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connection]);
  return (
    <div role="status" className="empty:hidden">
      {isSignedOut ? (
        <p className="flex items-center gap-2 border-line border-t bg-warning-soft px-3 py-2 text-sm text-warning-fg">
          <LogIn className="size-4 shrink-0" aria-hidden />
          <span className="flex-1">{t("signedOut")}</span>
          <Button size="xs" onClick={() => window.location.reload()}>
            {t("signIn")}
          </Button>
        </p>
      ) : isLong ? (
        <p className="flex items-center gap-2 border-line border-t px-3 py-1.5 text-muted text-xs">
          <WifiOff className="size-3.5 shrink-0" aria-hidden />
          {t("reconnecting")}
        </p>
      ) : null}
    </div>
  );
}
