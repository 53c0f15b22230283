"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { repeats, type StepDraft, UNITS, type Unit } from "./plan-draft";

type Props = {
  step: StepDraft;
  /** From 0 on. */
  nth: number;
  /** Names of those of the type. */
  variables: readonly string[];
  faultOf: (field: string) => string | undefined;
  onChange: (step: StepDraft) => void;
  onRemove: () => void;
};

const NAMES = Object.keys(UNITS) as Unit[];

/** One reminder of a plan: when, how often and of what it comes. */
export function PlanStepFields({ step, nth, variables, faultOf, onChange, onRemove }: Props) {
  const t = useTranslations("notificationTypes.plan");
  const change = (values: Partial<StepDraft>) => onChange({ ...step, ...values });
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <legend className="sr-only">{t("step", { nth: nth + 1 })}</legend>
      <div className="flex items-start gap-2">
        <Field label={t("key")} error={faultOf("key")} className="min-w-0 flex-1">
          <Input
            required
            maxLength={32}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            placeholder="J-2"
            value={step.key}
            onChange={({ target }) => change({ key: target.value })}
          />
        </Field>
        <IconButton
          label={t("remove", { key: step.key || nth + 1 })}
          className="mt-6.5"
          onClick={onRemove}
        >
          <Trash2 />
        </IconButton>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Field label={t("amount")} error={faultOf("offset")}>
          <Input
            type="number"
            required
            min={0}
            max={366}
            step="any"
            value={step.amount}
            onChange={({ target }) => change({ amount: target.value })}
          />
        </Field>
        <Field label={t("unit")}>
          <Select
            value={step.unit}
            onChange={({ target }) => {
              const unit = NAMES.find((one) => one === target.value);
              if (unit) change({ unit });
            }}
          >
            {NAMES.map((unit) => (
              <option key={unit} value={unit}>
                {t(`units.${unit}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("direction")}>
          <Select
            value={step.direction}
            onChange={({ target }) =>
              change({ direction: target.value === "after" ? "after" : "before" })
            }
          >
            <option value="before">{t("before")}</option>
            <option value="after">{t("after")}</option>
          </Select>
        </Field>
        {step.unit === "days" ? (
          <Field label={t("time")} error={faultOf("time")}>
            <Input
              type="time"
              value={step.time}
              onChange={({ target }) => change({ time: target.value })}
            />
          </Field>
        ) : null}
      </div>
      {repeats(step) ? (
        <Field label={t("daily")} help={t("dailyHelp")} error={faultOf("dailyAtMost")}>
          <Input
            type="number"
            min={1}
            max={100}
            className="w-32"
            value={step.dailyAtMost}
            onChange={({ target }) => change({ dailyAtMost: target.value })}
          />
        </Field>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("condition")} error={faultOf("condition.variable")}>
          <Select
            value={step.variable}
            onChange={({ target }) => change({ variable: target.value })}
          >
            <option value="">{t("always")}</option>
            {variables.map((name) => (
              <option key={name} value={name}>
                {t("onlyBy", { name })}
              </option>
            ))}
          </Select>
        </Field>
        {step.variable === "" ? null : (
          <Field label={t("values")} help={t("valuesHelp")} error={faultOf("condition.oneOf")}>
            <Input
              required
              value={step.values}
              onChange={({ target }) => change({ values: target.value })}
            />
          </Field>
        )}
      </div>
    </fieldset>
  );
}
