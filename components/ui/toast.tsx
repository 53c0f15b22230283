"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Wrap the app once; then `toast(…)`, `toast.error(…)` from anywhere. */
export function Toaster() {
  const t = useTranslations("ui");
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      position="bottom-right"
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      containerAriaLabel={t("notifications")}
      offset={16}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        classNames: {
          toast:
            "!rounded-md !border-line !bg-raised !text-fg !text-sm !shadow-lg !font-sans !gap-2",
          description: "!text-muted",
          actionButton: "!bg-accent !text-on-accent !rounded-sm",
          cancelButton: "!bg-active !text-fg !rounded-sm",
          error: "!text-danger-fg",
          success: "!text-success-fg",
          warning: "!text-warning-fg",
        },
      }}
    />
  );
}
