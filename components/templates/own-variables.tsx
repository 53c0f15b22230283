"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { aVariable } from "@/lib/domain/templates/template-input";
import { VARIABLE_TYPES, type Variable } from "@/lib/domain/templates/variables";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Label } from "../ui/label";
import { Select } from "../ui/select";

type Props = {
  variables: readonly Variable[];
  /** Names in the text that are no variable yet. */
  unknown: readonly string[];
  /** Others that are filled without anybody's doing; left out: none. */
  offered?: readonly Variable[];
  onChange: (variables: readonly Variable[]) => void;
};

/** The variables of a template or a type: what each message or event has to bring, and what stands in. */
export function OwnVariables({ variables, unknown, offered = [], onChange }: Props) {
  const t = useTranslations("templates.variables");
  const set = (index: number, variable: Variable) => onChange(variables.with(index, variable));
  const add = (name: string) => onChange([...variables, aVariable(name, "text", null)]);
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {variables.map((variable, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is written
          <li key={index} className="flex flex-wrap items-center gap-2">
            <OneVariable
              variable={variable}
              onChange={(one) => set(index, one)}
              onRemove={() => onChange(variables.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {unknown.map((name) => (
          <Button key={name} size="sm" onClick={() => add(name)}>
            <Plus aria-hidden />
            {t("addNamed", { name })}
          </Button>
        ))}
        {offered.map((one) => (
          <Button key={one.name} size="sm" onClick={() => onChange([...variables, one])}>
            <Plus aria-hidden />
            {t("addNamed", { name: one.name })}
          </Button>
        ))}
        <Button size="sm" onClick={() => add(`variable_${variables.length + 1}`)}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
    </div>
  );
}

type OneProps = {
  variable: Variable;
  onChange: (variable: Variable) => void;
  onRemove: () => void;
};

function OneVariable({ variable, onChange, onRemove }: OneProps) {
  const t = useTranslations("templates.variables");
  const { name, type, default: standsIn } = variable;
  return (
    <>
      <Input
        aria-label={t("name")}
        className="w-36 flex-1 font-mono"
        maxLength={60}
        value={name}
        onChange={({ target }) =>
          onChange({ ...variable, name: target.value.replaceAll(/[^\w]/g, "_") })
        }
      />
      <Select
        aria-label={t("typeOf", { name })}
        className="w-32"
        value={type}
        onChange={({ target }) => {
          const chosen = VARIABLE_TYPES.find((known) => known === target.value);
          if (chosen) onChange(aVariable(name, chosen, standsIn));
        }}
      >
        {VARIABLE_TYPES.map((one) => (
          <option key={one} value={one}>
            {t(`types.${one}`)}
          </option>
        ))}
      </Select>
      <Label className="flex items-center gap-1.5 font-normal">
        <Checkbox
          checked={standsIn === null}
          onCheckedChange={(isRequired) =>
            onChange({ ...variable, default: isRequired === true ? null : "" })
          }
        />
        {t("required")}
      </Label>
      {standsIn === null ? null : (
        <Input
          aria-label={t("defaultOf", { name })}
          placeholder={t("defaultHint")}
          className="w-36 flex-1"
          value={standsIn}
          onChange={({ target }) => onChange({ ...variable, default: target.value })}
        />
      )}
      <IconButton label={t("remove", { name })} size="sm" onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </>
  );
}
