"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";

/** Something to be pasted elsewhere, with a button that copies it. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const t = useTranslations("ui");
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="flex items-stretch gap-2">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className="h-8 min-w-0 flex-1 truncate rounded-md border border-line bg-canvas px-2.5 font-mono text-xs"
      />
      <Button onClick={() => void copy()} aria-live="polite">
        {isCopied ? <Check /> : <Copy />}
        {isCopied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
