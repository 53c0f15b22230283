"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { measureSegments } from "@/lib/domain/segments";
import type { TemplateWords } from "@/lib/domain/templates/template";
import { wordTemplate } from "@/lib/domain/templates/word-template";
import { PhoneFrame } from "../simulator/phone-frame";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { type Sample, sampleData } from "./samples";
import { WhatsAppText } from "./whatsapp-text";

type Props = {
  words: TemplateWords;
  sample: Sample;
  lastData: Readonly<Record<string, unknown>> | null;
  brand: string;
  zone: string;
};

/** The template as its recipient sees it, at its true size; drawn by the rules by which it is sent. */
export function TemplatePreview({ words, sample, lastData, brand, zone }: Props) {
  const t = useTranslations("templates.preview");
  const data = sampleData(words.variables, sample, lastData);
  const worded = wordTemplate(words, { data, zone, brand });
  if (!worded.ok || words.body.trim() === "") {
    return <p className="rounded-xl border border-line p-4 text-muted text-sm">{t("nothing")}</p>;
  }
  const { subject, body, html } = worded.words;
  if (html !== null) return <MailPreview subject={subject} text={body} html={html} brand={brand} />;
  const isWhatsApp = words.channel === "whatsapp";
  return (
    <div className="flex flex-col items-center gap-3">
      <PhoneFrame label={t("phone")} className="flex h-[34rem]">
        <p className="truncate border-line border-b px-4 py-2 text-center font-medium text-sm">
          {brand}
        </p>
        <div className="min-h-0 flex-1 overflow-y-auto p-3">
          <p
            data-testid="preview"
            dir="auto"
            className={cn(
              "w-fit max-w-64 whitespace-pre-wrap rounded-2xl px-3 py-1.5 text-base shadow-sm [overflow-wrap:anywhere]",
              isWhatsApp ? "bg-success-soft text-fg" : "bg-bubble text-fg",
            )}
          >
            {isWhatsApp ? <WhatsAppText text={body} /> : body}
          </p>
        </div>
      </PhoneFrame>
      {isWhatsApp ? null : <Extremes words={words} brand={brand} zone={zone} />}
    </div>
  );
}

type MailProps = { subject: string; text: string; html: string; brand: string };

/** True widths in CSS pixels: 375 and 640; what the screen has no room for is scrolled to. */
const WIDTHS = { phone: "w-[23.4375rem] max-w-full", desktop: "w-[40rem]" } as const;

function MailPreview({ subject, text, html, brand }: MailProps) {
  const t = useTranslations("templates.preview");
  const [shape, setShape] = useState<"phone" | "desktop" | "text">("phone");
  return (
    <section aria-label={t("mail")} className="rounded-xl border border-line bg-surface">
      <Choice label={t("shape")} value={shape} onChoose={setShape} className="px-3">
        <ChoiceItem value="phone">{t("phoneWidth")}</ChoiceItem>
        <ChoiceItem value="desktop">{t("desktopWidth")}</ChoiceItem>
        <ChoiceItem value="text">{t("textPart")}</ChoiceItem>
      </Choice>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-2.5 text-sm">
        <dt className="text-muted">{t("from")}</dt>
        <dd className="truncate">{brand}</dd>
        <dt className="text-muted">{t("subject")}</dt>
        <dd className="font-medium" data-testid="preview-subject">
          {subject}
        </dd>
      </dl>
      {shape === "text" ? (
        <p className="whitespace-pre-wrap border-line border-t px-4 py-3 text-sm [overflow-wrap:anywhere]">
          {text}
        </p>
      ) : (
        <div className="relative overflow-x-auto">
          <iframe
            title={t("mail")}
            // Runs, loads and sends nothing.
            sandbox=""
            srcDoc={html}
            className={cn("mx-auto block h-[30rem] bg-white scheme-light", WIDTHS[shape])}
          />
        </div>
      )}
    </section>
  );
}

/** What an SMS takes with the shortest and the longest values. */
function Extremes({ words, brand, zone }: Pick<Props, "words" | "brand" | "zone">) {
  const t = useTranslations("templates.preview");
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1 text-sm">
      {(["short", "long"] as const).map((length) => {
        const data = sampleData(words.variables, length, null);
        const worded = wordTemplate(words, { data, zone, brand });
        if (!worded.ok) return null;
        const { segments, encoding, guilty } = measureSegments(worded.words.body);
        const units = worded.words.body.length;
        return (
          <div key={length} className="contents">
            <dt className="text-muted">{t(`extremes.${length}`)}</dt>
            <dd data-segments={segments} className="tabular-nums">
              {t("segments", { segments, units, encoding })}
              {guilty.length > 0 ? (
                <span className="block text-warning-fg text-xs">
                  {t("guilty", { signs: guilty.slice(0, 6).join(" ") })}
                </span>
              ) : null}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
