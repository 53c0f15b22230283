"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";

/** A password that can be looked at while typing. */
export function PasswordInput({ className, ...rest }: ComponentProps<"input">) {
  const t = useTranslations("ui");
  const [isShown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input type={isShown ? "text" : "password"} className={cn("pr-9", className)} {...rest} />
      <IconButton
        label={isShown ? t("hidePassword") : t("showPassword")}
        size="sm"
        className="-translate-y-1/2 absolute top-1/2 right-0.5"
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff /> : <Eye />}
      </IconButton>
    </span>
  );
}
