"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Label } from "../ui/label";
import { Select } from "../ui/select";

export type ViewerChoice = { id: string; name: string };

type Props = {
  isVisibleToAll: boolean;
  viewerIds: readonly string[];
  /** Agents and members; administrators see every number. */
  people: readonly ViewerChoice[];
};

/** Who sees the conversations of this number. */
export function VisibilityField({ isVisibleToAll, viewerIds, people }: Props) {
  const t = useTranslations("settings.integrations");
  const [choice, setChoice] = useState(isVisibleToAll ? "all" : "some");
  return (
    <div className="flex flex-col gap-2">
      <Field label={t("visibility")} help={t("visibilityHelp")}>
        <Select
          name="visibility"
          value={choice}
          onChange={(event) => setChoice(event.target.value)}
        >
          <option value="all">{t("visibleToAll")}</option>
          <option value="some">{t("visibleToSome")}</option>
        </Select>
      </Field>
      {choice === "some" ? (
        <fieldset className="grid max-h-52 gap-1.5 overflow-y-auto rounded-md border border-line p-3 sm:grid-cols-2">
          <legend className="sr-only">{t("visibleToSome")}</legend>
          {people.length === 0 ? <p className="text-muted text-sm">{t("nobodyToChoose")}</p> : null}
          {people.map((person) => (
            <Label key={person.id} className="flex items-center gap-2 font-normal">
              <Checkbox
                name="viewerId"
                value={person.id}
                defaultChecked={viewerIds.includes(person.id)}
              />
              <span className="truncate">{person.name}</span>
            </Label>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
