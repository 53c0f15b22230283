import { getTranslations } from "next-intl/server";
import type { TemplateRow } from "@/db/queries/whatsapp-templates";
import { Badge } from "../ui/badge";
import { RefreshTemplates } from "./refresh-templates";

type Props = { id: string; templates: readonly TemplateRow[] };

const TONES = {
  approved: "success",
  pending: "warning",
  rejected: "danger",
  paused: "warning",
  disabled: "danger",
  unsubmitted: "neutral",
} as const;

/** What may be sent outside WhatsApp's 24 h, and what WhatsApp thinks of the rest. */
export async function TemplateSection({ id, templates }: Props) {
  const t = await getTranslations("settings.templates");
  return (
    <div className="flex flex-col gap-3">
      {templates.length === 0 ? (
        <p className="text-muted text-sm">{t("empty")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {templates.map((template) => (
            <li key={template.id} className="flex flex-col gap-0.5 py-2 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{template.name}</span>
                <Badge>{template.language}</Badge>
                <Badge tone={TONES[template.status]}>{t(`statuses.${template.status}`)}</Badge>
              </p>
              <p className="text-muted [overflow-wrap:anywhere]">{template.body}</p>
              {template.rejectionReason ? (
                <p className="text-danger-fg text-xs">{template.rejectionReason}</p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <RefreshTemplates id={id} />
    </div>
  );
}
