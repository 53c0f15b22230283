"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { removeEndpoint } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";

export function DeleteEndpoint({ id }: { id: string }) {
  const t = useTranslations("settings.webhooks");
  const ui = useTranslations("ui");
  const router = useRouter();
  const saver = useSaver(removeEndpoint, {
    done: t("deleted"),
    onDone: () => router.push("/settings/webhooks"),
  });
  return (
    <div>
      <AlertDialog
        trigger={<Button variant="danger">{ui("delete")}</Button>}
        title={t("deleteTitle")}
        confirmLabel={ui("delete")}
        onConfirm={async () => void (await saver.save({ id }))}
      >
        {t("deleteLead")}
      </AlertDialog>
    </div>
  );
}
