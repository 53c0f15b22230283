"use client";

import { useTranslations } from "next-intl";
import { useTypeNames } from "./type-names";

/** The name of a notification's type, or of what else is sent; one without a name is called by its key. */
export function useTypeName(): (type: string) => string {
  const t = useTranslations("history.types");
  const names = useTypeNames();
  return (type) => names[type] ?? (t.has(type) ? t(type) : type);
}
