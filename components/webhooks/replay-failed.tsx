"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { replayFailed } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";

/** Hours; older ones are kept no longer. */
const SPANS = [1, 24, 168, 720] as const;

/** Sends everything again that was given up in the last hours or days. */
export function ReplayFailed({ id }: { id: string }) {
  const t = useTranslations("settings.webhooks");
  const saver = useSaver(replayFailed, {
    done: null,
    onDone: ({ count }) => void toast.success(t("replayed", { count })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saver.save({ id, hours: Number(new FormData(event.currentTarget).get("hours")) });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-line border-t pt-4">
      <Label className="flex min-w-0 flex-1 basis-52 flex-col gap-1.5">
        {t("replayFailed")}
        <Select name="hours" defaultValue="24">
          {SPANS.map((hours) => (
            <option key={hours} value={hours}>
              {t(`spans.${hours}`)}
            </option>
          ))}
        </Select>
      </Label>
      <Button type="submit" loading={saver.isBusy}>
        {t("replayAll")}
      </Button>
    </form>
  );
}
