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
  const [told, setTold] = useState<readonly FateTold[]>([]);
  const saver = useSaver(sendTest, { done: null, onDone: setTold });
  const lineOf = ({ channel, fate, sentence }: FateTold) => {
    const hasLeft = fate === "queued" || fate === "web";
    return t(hasLeft ? "sent" : "refused", { channel: channels(channel), sentence });
  };
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
      <div role="status" className="min-h-5 text-muted text-sm">
        {told.map((one) => (
          <p key={one.channel}>{lineOf(one)}</p>
        ))}
      </div>
    </div>
  );
}
