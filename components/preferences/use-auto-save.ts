"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { saveOwnPreferences } from "@/app/(workspace)/preferences/actions";
import type { ActionResult } from "@/lib/auth/action";
import type { Choices } from "@/lib/domain/deciding/preferences";
import { useErrorWords } from "../shell/use-error-words";
import { toast } from "../ui/toast";

/** As the screen holds them: the moment is ISO 8601 UTC. */
export type ShownPreferences = Choices & { readonly mutedUntil: string | null };
export type ChangePreferences = (changes: Partial<ShownPreferences>) => void;

export type PreferenceInput = Parameters<typeof saveOwnPreferences>[0];
export type SavePreferences = (changes: PreferenceInput) => Promise<ActionResult<unknown>>;
type SaveState = "idle" | "saving" | "saved";

/**
 * Shows each change at once and saves it, one after the other. What could not be saved is taken back and
 * told: the screen never shows what does not hold.
 */
export function useAutoSave(saved: ShownPreferences, keep: SavePreferences) {
  const t = useTranslations("preferences");
  const errors = useErrorWords();
  const [shown, setShown] = useState(saved);
  const [state, setState] = useState<SaveState>("idle");
  const held = useRef(saved);
  const line = useRef(Promise.resolve());
  const waiting = useRef(0);
  const { mutedTypes } = saved;
  // The held box mutes types too, and the page is read afresh then.
  useEffect(() => {
    held.current = { ...held.current, mutedTypes };
    setShown((before) => ({ ...before, mutedTypes }));
  }, [mutedTypes]);

  const save = async (changes: Partial<ShownPreferences>) => {
    // Lists of the domain are read-only, those of a form's schema are not.
    const result = await keep(changes as PreferenceInput).catch(() => {
      return { ok: false as const, code: "unreachable" };
    });
    waiting.current -= 1;
    if (result.ok) held.current = { ...held.current, ...changes };
    else toast.error(t("notSaved"), { description: errors.about(result) });
    if (waiting.current > 0) return;
    setShown(held.current);
    setState(result.ok ? "saved" : "idle");
  };
  const change: ChangePreferences = (changes) => {
    setShown((before) => ({ ...before, ...changes }));
    setState("saving");
    waiting.current += 1;
    line.current = line.current.then(() => save(changes));
  };
  return { shown, change, state };
}
