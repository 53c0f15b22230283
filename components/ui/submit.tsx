"use client";

import type { ComponentProps } from "react";
import { useHydrated } from "./use-hydrated";

/**
 * Pressed before the page lives, the browser itself would send the form: to nobody, with its fields, a
 * password among them, in the address. Nor does Enter in a field send a form whose button is disabled.
 */
export function Submit({ disabled, ...rest }: ComponentProps<"button">) {
  const isAlive = useHydrated();
  return <button {...rest} type="submit" disabled={disabled || !isAlive} />;
}
