"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MailView } from "@/app/(workspace)/simulator/view";
import { MessageText } from "../thread/message-text";
import { Choice, ChoiceItem } from "../ui/choice";
import { MailLinks } from "./mail-links";

/** The mail's words: as formatted where it is, in a frame that runs, loads and sends nothing; or plain. */
export function MailBody({ mail: { html, text } }: { mail: MailView }) {
  const t = useTranslations("simulator.mail");
  const [shape, setShape] = useState<"html" | "text">(html === null ? "text" : "html");
  return (
    <>
      <Choice label={t("shape")} value={shape} onChoose={setShape} className="px-3 lg:px-5">
        <ChoiceItem value="html" disabled={html === null}>
          {t("html")}
        </ChoiceItem>
        <ChoiceItem value="text">{t("text")}</ChoiceItem>
      </Choice>
      {shape === "html" && html !== null ? (
        <>
          <MailLinks html={html} />
          <iframe
            title={t("body")}
            sandbox=""
            srcDoc={html}
            // Mails are written for paper-white, whatever the theme around them.
            className="min-h-96 w-full flex-1 bg-white scheme-light"
          />
        </>
      ) : (
        <div className="flex-1 bg-surface px-4 py-4 text-base lg:px-6">
          {text === null ? (
            <p className="text-muted">{t("noText")}</p>
          ) : (
            <MessageText text={text} />
          )}
        </div>
      )}
    </>
  );
}
