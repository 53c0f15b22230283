"use client";

import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/lib/auth/action";
import { useErrorWords } from "../shell/use-error-words";
import { signInWithPassword } from "./sign-in";

type Failure = Extract<ActionResult<never>, { ok: false }>;

/**
 * A form that ends in a signed-in browser: the action makes or changes the account, then the same
 * password signs in.
 */
export function useEntryForm(
  act: (fields: Record<string, string>) => Promise<ActionResult<{ email: string }>>,
) {
  const errors = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const run = async (fields: Record<string, string>): Promise<Failure | null> => {
    const result = await act(fields);
    if (!result.ok) return result;
    const password = fields.password ?? "";
    const entered = await signInWithPassword({ email: result.data.email, password });
    return entered.ok ? null : entered;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const entries = [...new FormData(event.currentTarget)].map(([key, value]) => [key, `${value}`]);
    const refusal = await run(Object.fromEntries(entries));
    if (!refusal) return window.location.assign("/");
    setFailure(refusal);
    setBusy(false);
  };
  return {
    isBusy,
    submit: (event: FormEvent<HTMLFormElement>) => void submit(event),
    /** Said above the form; what belongs to a field stands there instead. */
    banner: failure && failure.code !== "invalid" ? errors.about(failure) : null,
    faultOf: (path: string) => errors.field(failure?.errors, path),
  };
}
