"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/lib/auth/action";
import { useErrorWords } from "../shell/use-error-words";
import { toast } from "../ui/toast";

type Failure = Extract<ActionResult<never>, { ok: false }>;

type Options<T> = {
  /** Said when it worked; null says nothing. Default: "Saved". */
  done?: string | null;
  onDone?: (data: T) => void;
  /** The form shows `refusal` itself: no toast. */
  isToldInForm?: boolean;
};

/**
 * Runs a settings action: busy while it runs, its refusal kept for the form (fields) or told at once
 * (everything else), the page read afresh when it worked.
 */
export function useSaver<I, T>(
  action: (input: I) => Promise<ActionResult<T>>,
  { done, onDone, isToldInForm }: Options<T> = {},
) {
  const t = useTranslations("ui");
  const errors = useErrorWords();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = async (input: I): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    const result = await action(input).catch((): Failure => ({ ok: false, code: "unreachable" }));
    setBusy(false);
    if (!result.ok) {
      setFailure(result);
      if (result.code !== "invalid" && !isToldInForm) toast.error(errors.about(result));
      return false;
    }
    if (done !== null) toast.success(done ?? t("saved"));
    onDone?.(result.data);
    router.refresh();
    return true;
  };
  return {
    isBusy,
    save,
    /** What came with the refusal, such as the version that somebody else has saved. */
    refusalData: failure?.data,
    refusal: failure && failure.code !== "invalid" ? errors.about(failure) : null,
    faultOf: (path: string) => errors.field(failure?.errors, path),
    /** Is this field, or anything in it, wrong? */
    hasFault: (path: string) =>
      failure?.errors?.some((one) => one.path === path || one.path.startsWith(`${path}.`)) === true,
  };
}
