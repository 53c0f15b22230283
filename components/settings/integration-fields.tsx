"use client";

import { useTranslations } from "next-intl";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { type Country, CountrySelect } from "./country-select";
import type { IntegrationValues } from "./integration-values";
import { PaceField } from "./pace-field";
import { SwitchRow } from "./switch-row";
import { type ViewerChoice, VisibilityField } from "./visibility-field";

export type FieldsProps = {
  values: IntegrationValues;
  countries: readonly Country[];
  people: readonly ViewerChoice[];
  /** ISO 3166-1. */
  workspaceCountry: string;
  faultOf: (path: string) => string | undefined;
};

/** What can be chosen of every sender, new or not. */
export function CommonFields({
  values,
  countries,
  people,
  workspaceCountry,
  faultOf,
}: FieldsProps) {
  const t = useTranslations("settings.integrations");
  const isEmail = values.type === "email";
  const own = countries.find(({ code }) => code === workspaceCountry)?.name ?? workspaceCountry;
  return (
    <>
      {isEmail ? null : (
        <Field label={t("country")} help={t("countryHelp")} error={faultOf("defaultCountry")}>
          <CountrySelect
            name="defaultCountry"
            countries={countries}
            inherited={t("workspaceCountry", { country: own })}
            defaultValue={values.defaultCountry}
          />
        </Field>
      )}
      <VisibilityField {...values} people={people} />
      <SwitchRow
        name="isActive"
        label={t("isActive")}
        help={t("isActiveHelp")}
        defaultChecked={values.isActive}
      />
      <SwitchRow
        name="isDefault"
        label={t("isDefault")}
        help={t("isDefaultHelp")}
        defaultChecked={values.isDefault}
      />
      <details className="rounded-md border border-line">
        <summary className="select-none px-3 py-2 font-medium text-sm">{t("advanced")}</summary>
        <div className="flex flex-col gap-4 border-line border-t p-3">
          {values.provider === "twilio" ? (
            <Field
              label={t("service")}
              help={t("serviceHelp")}
              error={faultOf("messagingServiceSid")}
            >
              <Input
                name="messagingServiceSid"
                className="font-mono"
                placeholder="MG…"
                defaultValue={values.messagingServiceSid}
              />
            </Field>
          ) : null}
          <PaceField
            values={values}
            workspaceCountry={workspaceCountry}
            error={faultOf("pacePerSecond")}
          />
        </div>
      </details>
    </>
  );
}
