"use client";

import { Files, FlaskConical, Link2, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Carriage } from "@/lib/domain/carries-mms";
import { formatAddress } from "@/lib/domain/format-address";
import type { SenderSummary } from "@/lib/domain/inbox";
import { maxMedia } from "@/lib/domain/media-rule";
import { isSandbox } from "@/lib/domain/sandbox";
import { useInbox } from "../inbox/inbox-context";
import type { Uploads } from "./use-uploads";

type FileNotesProps = { linked: number; carriage: Carriage; uploads: Uploads };

/** Said before it is sent: that the person sees something else than what was attached, and how many go. */
export function FileNotes({ linked, carriage, uploads }: FileNotesProps) {
  const t = useTranslations("composer.files");
  const isTooMany = uploads.items.some((item) => item.fault?.code === "too_many_media");
  return (
    <>
      {linked > 0 ? <Note icon={Link2}>{t("asLinks", { count: linked })}</Note> : null}
      {isTooMany ? <Note icon={Files}>{t("tooMany", { max: maxMedia(carriage) })}</Note> : null}
    </>
  );
}

/** R111, R315: whom Twilio's lent sender reaches, which only Twilio knows until a message fails. */
export function SandboxNote({ sender }: { sender: SenderSummary | undefined }) {
  const t = useTranslations("composer");
  const { viewer } = useInbox();
  if (!sender || !isSandbox(sender)) return null;
  const number = formatAddress(sender.sender, viewer.homeCountry);
  return <Note icon={FlaskConical}>{t("sandbox", { number })}</Note>;
}

function Note({ icon: Icon, children }: { icon: LucideIcon; children: string }) {
  return (
    <p role="note" className="flex items-center gap-1.5 px-3 pt-1.5 text-muted text-xs">
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {children}
    </p>
  );
}
