"use client";

import Form from "next/form";
import { useTranslations } from "next-intl";
import type { NamedType } from "../preferences/named-type";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";

type Props = {
  /** Empty: only oneself may be asked about. */
  people: readonly { id: string; name: string }[];
  types: readonly NamedType[];
  /** `at` as the reader's clock shows it: `2026-11-28T02:00`. */
  chosen: { person: string; type: string; at: string };
};

/** Whom, what and when it is asked about; all of it is in the address. */
export function WhyForm({ people, types, chosen }: Props) {
  const t = useTranslations("why");
  return (
    <Form
      action="/why"
      key={JSON.stringify(chosen)}
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto]"
    >
      {people.length > 0 ? (
        <Field label={t("person")}>
          <Select name="person" defaultValue={chosen.person}>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label={t("type")}>
        <Select name="type" defaultValue={chosen.type}>
          {types.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("at")}>
        <Input name="at" type="datetime-local" defaultValue={chosen.at} required />
      </Field>
      <Button type="submit" variant="primary">
        {t("ask")}
      </Button>
    </Form>
  );
}
