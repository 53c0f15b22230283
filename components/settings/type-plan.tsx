"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { savePlan } from "@/app/(workspace)/settings/notification-types/actions";
import type { PlannedType } from "@/lib/domain/reminders/own-plan";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { draftOf, listOf, NEW_STEP, type StepDraft, stepOf } from "./plan-draft";
import { PlanStepFields } from "./plan-step-fields";
import { useSaver } from "./use-saver";

type Props = { type: PlannedType & { readonly canceledBy: readonly string[] } };

/** The reminders that the events of a type of the workspace's own plan, and what ends them. */
export function TypePlan({ type: { key, reminderPlan, canceledBy, variables } }: Props) {
  const t = useTranslations("notificationTypes.plan");
  const ui = useTranslations("ui");
  const saver = useSaver(savePlan);
  const [steps, setSteps] = useState(() => reminderPlan.map(draftOf));
  const [endings, setEndings] = useState(canceledBy.join(", "));
  const set = (nth: number, step: StepDraft) => setSteps(steps.with(nth, step));
  const wanted = { reminderPlan: steps.map(stepOf), canceledBy: listOf(endings) };
  const endingFault = wanted.canceledBy
    .map((_, nth) => saver.faultOf(`canceledBy.${nth}`))
    .find((fault) => fault !== undefined);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void saver.save({ key, ...wanted });
      }}
    >
      {steps.length === 0 ? <p className="text-muted text-sm">{t("none")}</p> : null}
      <ol className="flex flex-col gap-4 empty:hidden">
        {steps.map((step, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key changes while it is written
          <li key={nth}>
            <PlanStepFields
              step={step}
              nth={nth}
              variables={variables.map(({ name }) => name)}
              faultOf={(field) => saver.faultOf(`reminderPlan.${nth}.${field}`)}
              onChange={(changed) => set(nth, changed)}
              onRemove={() => setSteps(steps.toSpliced(nth, 1))}
            />
          </li>
        ))}
      </ol>
      <Button
        type="button"
        size="sm"
        className="self-start"
        onClick={() => setSteps([...steps, NEW_STEP])}
      >
        <Plus aria-hidden />
        {t("add")}
      </Button>
      <Field label={t("endings")} help={t("endingsHelp")} error={endingFault}>
        <Input
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          placeholder="invoice.paid"
          value={endings}
          onChange={({ target }) => setEndings(target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" className="self-start" loading={saver.isBusy}>
        {ui("save")}
      </Button>
    </form>
  );
}
