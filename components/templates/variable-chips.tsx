"use client";

import { useTranslations } from "next-intl";
import type { Variable } from "@/lib/domain/templates/variables";
import { Tooltip } from "../ui/tooltip";

type Props = { variables: readonly Variable[]; onInsert: (name: string) => void };

/** What may stand in the text; a click puts it where the cursor is. */
export function VariableChips({ variables, onInsert }: Props) {
  const t = useTranslations("templates.variables");
  if (variables.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label={t("label")}>
      {variables.map(({ name, type, default: standsIn }) => {
        const about =
          standsIn === null
            ? t("required")
            : standsIn === ""
              ? t("optional")
              : t("default", { value: standsIn });
        return (
          <li key={name}>
            <Tooltip label={t("insert", { name })}>
              <button
                type="button"
                onClick={() => onInsert(name)}
                className="flex items-baseline gap-1.5 rounded-md border border-line bg-canvas px-2 py-1 text-xs hover:bg-hover max-sm:py-2"
              >
                <span className="font-medium font-mono">{name}</span>
                <span className="text-muted">
                  {t(`types.${type}`)} · {about}
                </span>
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
