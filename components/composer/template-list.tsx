"use client";

import { useTranslations } from "next-intl";
import type { OfferedTemplate } from "../inbox/inbox-data";
import { Badge } from "../ui/badge";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "../ui/command";
import { Spinner } from "../ui/spinner";

type Props = {
  /** null: not read yet. */
  templates: readonly OfferedTemplate[] | null;
  onChoose: (template: OfferedTemplate) => void;
};

/** Searched by name and words; by keyboard as by pointer. */
export function TemplateList({ templates, onChoose }: Props) {
  const t = useTranslations("composer.templates");
  if (templates === null) return <Spinner />;
  if (templates.length === 0) return <p className="text-muted text-sm">{t("empty")}</p>;
  return (
    <Command label={t("title")}>
      <CommandInput placeholder={t("search")} />
      <CommandList className="max-h-80">
        <CommandEmpty>{t("noMatch")}</CommandEmpty>
        {templates.map((template) => (
          <CommandItem
            key={template.contentSid}
            value={template.contentSid}
            keywords={[template.name, template.body]}
            onSelect={() => onChoose(template)}
            className="h-auto flex-col items-start gap-0.5 py-2"
          >
            <span className="flex w-full items-center gap-2">
              <span className="min-w-0 truncate font-medium">{template.name}</span>
              <Badge>{template.language}</Badge>
            </span>
            <span className="line-clamp-2 text-muted text-sm">{template.body}</span>
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  );
}
