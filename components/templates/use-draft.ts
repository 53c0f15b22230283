import { useDeferredValue, useMemo, useState } from "react";
import type { Template } from "@/lib/domain/templates/template";
import { findInputFaults, withVariables } from "@/lib/domain/templates/template-input";

/** What stands in the editor. */
export type Draft = Omit<Template, "id" | "version">;

/** The editor's draft, checked by the very rules by which it is saved. */
export function useDraft(saved: Draft) {
  const [draft, setDraft] = useState(saved);
  const shown = useDeferredValue(draft);
  const checked = useMemo(() => {
    return { faults: findInputFaults(shown), words: withVariables(shown) };
  }, [shown]);
  return {
    draft,
    change: (values: Partial<Draft>) => setDraft((old) => ({ ...old, ...values })),
    isChanged: JSON.stringify(draft) !== JSON.stringify(saved),
    ...checked,
  };
}
