"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendTest } from "@/app/(workspace)/preferences/actions";
import { NOTIFICATION_CHANNELS } from "@/lib/domain/deciding/words";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import type { FateTold } from "./held";

/** A test by each channel to oneself, and what became of it. */
export function TestRow() {
  const t = useTranslations("selfTest");
  const channels = useTranslations("preferences.channels");
  const [told, setTold] = useState<FateTold | null>(null);
  const saver = useSaver(sendTest, { done: null, onDone: setTold });
  const hasLeft = told?.fate === "queued" || told?.fate === "web";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {NOTIFICATION_CHANNELS.map((channel) => (
          <Button
            key={channel}
            disabled={saver.isBusy}
            aria-label={t("by", { channel: channels(channel) })}
            onClick={() => void saver.save({ channel })}
          >
            <Send aria-hidden />
            {channels(channel)}
          </Button>
        ))}
      </div>
      <p role="status" className="min-h-5 text-muted text-sm">
        {told === null
          ? null
          : t(hasLeft ? "sent" : "refused", {
              channel: channels(told.channel),
              sentence: told.sentence,
            })}
      </p>
    </div>
  );
}
