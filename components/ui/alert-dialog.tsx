"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { overlayStyle, panelStyle } from "./dialog";

type Props = {
  /** What opens it. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, in plain words. */
  children: ReactNode;
  /** The verb of the deed, never "OK". */
  confirmLabel: ReactNode;
  tone?: "danger" | "primary";
  /** Runs the deed; the dialog closes when it has ended. */
  onConfirm: () => Promise<void> | void;
};

/** Asks before something that cannot be undone. */
export function AlertDialog({
  trigger,
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  tone = "danger",
  onConfirm,
}: Props) {
  const t = useTranslations("ui");
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const shown = open ?? isOpen;
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      change(false);
    }
  };
  return (
    <Radix.Root open={shown} onOpenChange={change}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content className={cn(panelStyle, "max-w-md gap-2 p-5")}>
          <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="text-muted text-sm">{children}</div>
          </Radix.Description>
          <footer className="mt-3 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button disabled={isBusy}>{t("cancel")}</Button>
            </Radix.Cancel>
            <Button variant={tone} loading={isBusy} onClick={() => void confirm()}>
              {confirmLabel}
            </Button>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
