import type { ShownPreferences } from "@/components/preferences/use-auto-save";
import { DEFAULT_PREFERENCES, type Preferences } from "@/lib/domain/deciding/preferences";

/** What somebody has chosen as the form holds it, without what has ended by itself. */
export function toShownPreferences(
  preferences: Preferences | undefined,
  at: Date,
): ShownPreferences {
  const { mutedUntil, ...choices } = preferences ?? DEFAULT_PREFERENCES;
  const isMuted = mutedUntil !== null && mutedUntil > at;
  const mutes = Object.entries(choices.mutedTypes).filter(([, until]) => new Date(until) > at);
  return {
    ...choices,
    mutedTypes: Object.fromEntries(mutes),
    mutedUntil: isMuted ? mutedUntil.toISOString() : null,
  };
}
