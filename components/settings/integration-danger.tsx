"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { removeIntegration } from "@/app/(workspace)/settings/integrations/actions";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";
import { useSaver } from "./use-saver";

export function DeleteIntegration({ id, name }: { id: string; name: string }) {
  const t = useTranslations("settings.integrations");
  const ui = useTranslations("ui");
  const router = useRouter();
  const saver = useSaver(removeIntegration, {
    done: t("deleted"),
    onDone: () => router.push("/settings/integrations"),
  });
  return (
    <div>
      <AlertDialog
        trigger={<Button variant="danger">{ui("delete")}</Button>}
        title={t("deleteTitle", { name })}
        confirmLabel={ui("delete")}
        onConfirm={async () => void (await saver.save({ id }))}
      >
        {t("deleteLead")}
      </AlertDialog>
    </div>
  );
}
