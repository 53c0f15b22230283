"use client";

import { useTranslations } from "next-intl";
import type { ApprovedContent } from "@/lib/domain/templates/template";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";

export type ApprovedText = {
  contentSid: string;
  title: string;
  language: string;
  body: string;
  /** Names of its places. */
  places: readonly string[];
};

export type ApprovedSender = { id: string; name: string; texts: readonly ApprovedText[] };

type Chosen = Readonly<Record<string, ApprovedContent>>;

type Props = {
  senders: readonly ApprovedSender[];
  approved: Chosen;
  isFaulty: (path: string) => boolean;
  onChange: (approved: Chosen) => void;
};

/** What is sent in the place of the text outside WhatsApp's 24 h, for each of our senders. */
export function ApprovedForm({ senders, approved, isFaulty, onChange }: Props) {
  const t = useTranslations("templates.approved");
  if (senders.length === 0) return <p className="text-muted text-sm">{t("noSender")}</p>;
  const choose = (sender: ApprovedSender, contentSid: string) => {
    const { [sender.id]: _, ...others } = approved;
    const text = sender.texts.find((one) => one.contentSid === contentSid);
    if (!text) return onChange(others);
    const variables = Object.fromEntries(text.places.map((name) => [name, ""]));
    onChange({ ...others, [sender.id]: { contentSid, variables } });
  };
  return senders.map((sender) => {
    const content = approved[sender.id];
    const text = sender.texts.find((one) => one.contentSid === content?.contentSid);
    return (
      <div key={sender.id} className="flex flex-col gap-3">
        <Field label={sender.name} help={sender.texts.length === 0 ? t("noText") : undefined}>
          <Select
            value={content?.contentSid ?? ""}
            onChange={({ target }) => choose(sender, target.value)}
          >
            <option value="">{t("nothing")}</option>
            {content && !text ? (
              <option value={content.contentSid}>{t("gone", { sid: content.contentSid })}</option>
            ) : null}
            {sender.texts.map((one) => (
              <option key={one.contentSid} value={one.contentSid}>
                {one.title} ({one.language})
              </option>
            ))}
          </Select>
        </Field>
        {content && text ? (
          <>
            <p className="whitespace-pre-wrap rounded-md bg-canvas px-3 py-2 text-sm">
              {text.body}
            </p>
            {text.places.map((name) => (
              <Field
                key={name}
                label={t("place", { name: `{{${name}}}` })}
                error={
                  isFaulty(`approved.${sender.id}.variables.${name}`) ? t("unknown") : undefined
                }
              >
                <Input
                  className="font-mono"
                  placeholder="{{ customer_name }}"
                  maxLength={1000}
                  value={content.variables[name] ?? ""}
                  onChange={({ target }) => {
                    const variables = { ...content.variables, [name]: target.value };
                    onChange({ ...approved, [sender.id]: { ...content, variables } });
                  }}
                />
              </Field>
            ))}
          </>
        ) : null}
      </div>
    );
  });
}
