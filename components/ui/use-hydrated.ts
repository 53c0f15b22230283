"use client";

import { useSyncExternalStore } from "react";

/** Does the page live already? On the server, and until the browser has taken it over, it does not. */
export function useHydrated(): boolean {
  return useSyncExternalStore(subscribeNever, yes, no);
}

const subscribeNever = () => () => undefined;
const yes = () => true;
const no = () => false;
