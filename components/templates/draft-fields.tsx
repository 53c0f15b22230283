"use client";

import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import type { ReplyCode } from "@/lib/domain/reply-codes/reply-code";
import { CUSTOM_EVENT, variablesOfEvent, variablesOfType } from "@/lib/domain/templates/template";
import type { InputFault } from "@/lib/domain/templates/template-input";
import type { Variable } from "@/lib/domain/templates/variables";
import { CHANNELS, LOCALES } from "@/lib/domain/words";
import { Field, FieldError } from "../ui/field";
import { Input } from "../ui/input";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { OwnVariables } from "./own-variables";
import type { useDraft } from "./use-draft";
import { VariableChips } from "./variable-chips";
import { WordsField } from "./words-field";

type Editor = ReturnType<typeof useDraft>;
type Props = {
  editor: Editor;
  isNew: boolean;
  /** Types of the workspace's own, of which a new template can be. */
  ownTypes: readonly OwnType[];
};
type Part = "subject" | "body";

/** A notification type of the workspace's own, in the reader's language. */
export type OwnType = {
  key: string;
  name: string;
  variables: readonly Variable[];
  replyCodes: readonly ReplyCode[];
};

/** What somebody writes, with what is wrong named at its field. */
export function DraftFields({ editor, isNew, ownTypes }: Props) {
  const t = useTranslations("templates");
  const { draft, words, faults, change } = editor;
  const areas = {
    subject: useRef<HTMLTextAreaElement>(null),
    body: useRef<HTMLTextAreaElement>(null),
  };
  const last = useRef<Part>("body");
  const faultsOf = useFaultWords(faults, isNew && draft.body === "");
  const known = words.variables.map(({ name }) => name);
  const insert = (name: string) => {
    const part = last.current;
    const area = areas[part].current;
    if (!area) return;
    const place = `{{ ${name} }}`;
    area.focus();
    area.setRangeText(place, area.selectionStart, area.selectionEnd, "end");
    change({ [part]: area.value });
  };
  const field = (part: Part, rows: number) => (
    <WordsField
      value={draft[part] ?? ""}
      known={known}
      rows={rows}
      areaRef={areas[part]}
      onChange={(value) => change({ [part]: value })}
      onFocus={() => {
        last.current = part;
      }}
    />
  );
  const isEmail = draft.channel === "email";
  const unknown = [
    ...new Set(
      faults.flatMap(({ code, name }) => (code === "unknown_variable" && name ? [name] : [])),
    ),
  ];
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("name")}>
        <Input
          maxLength={120}
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Field>
      {isNew ? <PlaceFields editor={editor} ownTypes={ownTypes} /> : null}
      {isEmail ? (
        <Field label={t("subject")} error={faultsOf("subject")}>
          {field("subject", 2)}
        </Field>
      ) : null}
      <Field label={t("body")} help={isEmail ? t("bodyMail") : undefined} error={faultsOf("body")}>
        {field("body", isEmail ? 14 : 7)}
      </Field>
      <VariableChips variables={words.variables} onInsert={insert} />
      {draft.event === CUSTOM_EVENT ? (
        <OwnVariables
          variables={draft.variables}
          unknown={unknown}
          onChange={(variables) => change({ variables })}
        />
      ) : null}
      {faultsOf("variables") ? <FieldError>{faultsOf("variables")}</FieldError> : null}
      <ActiveRow editor={editor} />
    </div>
  );
}

/** The first thing wrong at each field, in words; `isQuiet`: nothing has been written yet. */
function useFaultWords(faults: readonly InputFault[], isQuiet: boolean) {
  const t = useTranslations("templates.faults");
  return (path: string): string | undefined => {
    const fault = faults.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    if (!fault || isQuiet) return undefined;
    return t(fault.code, { name: fault.name ?? "", about: fault.message });
  };
}

function PlaceFields({ editor: { draft, change }, ownTypes }: Omit<Props, "isNew">) {
  const t = useTranslations("templates");
  const typeOf = (event: string) => ownTypes.find(({ key }) => key === event);
  /** What a text can be answered with, and in which language, hangs on its place. */
  const move = (to: Partial<Editor["draft"]>) => {
    const place = { ...draft, ...to };
    const type = typeOf(place.event);
    change(type ? { ...to, variables: variablesOfType(type, place) } : to);
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {ownTypes.length === 0 ? null : (
        <Field label={t("event")} className="sm:col-span-2">
          <Select
            value={draft.event}
            onChange={({ target }) => {
              const event = typeOf(target.value)?.key ?? CUSTOM_EVENT;
              move({ event, variables: [] });
            }}
          >
            <option value={CUSTOM_EVENT}>{t("custom")}</option>
            {ownTypes.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t("channel")}>
        <Select
          value={draft.channel}
          onChange={({ target }) => {
            const channel = CHANNELS.find((known) => known === target.value);
            if (channel) move({ channel, subject: channel === "email" ? "" : null, approved: {} });
          }}
        >
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {t(`channels.${channel}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("language")}>
        <Select
          value={draft.locale}
          onChange={({ target }) => {
            const locale = LOCALES.find((known) => known === target.value);
            if (locale) move({ locale });
          }}
        >
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {t(`languages.${locale}`)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}

function activeHelp(draft: Editor["draft"]) {
  if (draft.event === CUSTOM_EVENT) return "activeCustom";
  return variablesOfEvent(draft) ? "activeType" : "activeOwn";
}

function ActiveRow({ editor: { draft, change } }: { editor: Editor }) {
  const t = useTranslations("templates");
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <span className="min-w-0">
        <Label htmlFor={id}>{t("active")}</Label>
        <p id={`${id}-help`} className="text-muted text-xs">
          {t(activeHelp(draft))}
        </p>
      </span>
      <Switch
        id={id}
        checked={draft.isActive}
        aria-describedby={`${id}-help`}
        onCheckedChange={(isActive) => change({ isActive })}
      />
    </div>
  );
}
