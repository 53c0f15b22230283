"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { renewSecret } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { ShownSecret } from "./shown-secret";

type Props = {
  id: string;
  /** Until when the one before signs too; null: it does not. */
  overlapUntil: Date | null;
};

export function EndpointSecret({ id, overlapUntil }: Props) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const [secret, setSecret] = useState<string | null>(null);
  const saver = useSaver(renewSecret, { done: null, onDone: (made) => setSecret(made.secret) });
  return (
    <div className="flex flex-col gap-3">
      {secret ? <ShownSecret secret={secret} /> : null}
      {overlapUntil ? (
        <Banner>{t("overlap", { at: format.dateTime(overlapUntil, "moment") })}</Banner>
      ) : null}
      <div>
        <AlertDialog
          trigger={<Button loading={saver.isBusy}>{t("rotate")}</Button>}
          title={t("rotateTitle")}
          confirmLabel={t("rotate")}
          tone="primary"
          onConfirm={async () => void (await saver.save({ id }))}
        >
          {t("rotateLead")}
        </AlertDialog>
      </div>
    </div>
  );
}
