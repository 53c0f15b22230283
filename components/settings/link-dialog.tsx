"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "../ui/dialog";
import { CopyField } from "./copy-field";

type Props = { title: string; lead: string; link: string | null; onClose: () => void };

/** A one-time link, shown now and never again, to be handed over by the reader. */
export function LinkDialog({ title, lead, link, onClose }: Props) {
  const t = useTranslations("ui");
  return (
    <Dialog open={link !== null} onOpenChange={(open) => (open ? null : onClose())}>
      <DialogContent title={title} description={lead}>
        <DialogBody>
          <CopyField label={title} value={link ?? ""} />
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onClose}>
            {t("close")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
