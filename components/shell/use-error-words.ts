"use client";

import { useTranslations } from "next-intl";

type Failure = { code: string; message?: string; data?: unknown };
type FieldFault = { path: string; message: string };

/** Sentences for what a server action refused: by its code, else the one for surprises. */
export function useErrorWords() {
  const t = useTranslations("errors");
  const about = (failure: Failure): string => {
    const key = `action.${failure.code}`;
    const minutes = Math.ceil(waitOf(failure.data) / 60);
    return t.has(key) ? t(key, { minutes }) : (failure.message ?? t("action.unexpected"));
  };
  const field = (errors: readonly FieldFault[] | undefined, path: string): string | undefined => {
    const fault = errors?.find((error) => error.path === path);
    if (!fault) return undefined;
    const key = `field.${fault.message}`;
    return t.has(key) ? t(key) : t("field.invalid");
  };
  return { about, field };
}

function waitOf(data: unknown): number {
  const isWait = typeof data === "object" && data !== null && "waitSeconds" in data;
  return isWait ? Number(data.waitSeconds) : 0;
}
