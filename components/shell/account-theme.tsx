"use client";

import { useTheme } from "next-themes";
import { useEffect, useEffectEvent } from "react";
import type { Theme } from "@/lib/domain/words";

/** The theme lives with the account: a browser that last showed another one follows it. */
export function AccountTheme({ theme }: { theme: Theme }) {
  const { setTheme } = useTheme();
  const follow = useEffectEvent(setTheme);
  useEffect(() => follow(theme), [theme]);
  return null;
}
