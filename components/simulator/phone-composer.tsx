"use client";

import { ArrowUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { sendFromPhone } from "@/app/(workspace)/simulator/actions";
import type { SimMedia, SimMessage, WhatsappExtra } from "@/lib/embedded/simulator/words";
import { useErrorWords } from "../shell/use-error-words";
import { IconButton } from "../ui/icon-button";
import { toast } from "../ui/toast";
import { ExtrasMenu } from "./extras-menu";
import { uploadToPhone } from "./upload-to-phone";

type Props = {
  type: "sms" | "whatsapp";
  phone: string;
  profileName: string | null;
  to: string;
  quoted: SimMessage | null;
  onUnquote: () => void;
  onSent: () => Promise<void>;
};

export type PhoneExtra = Extract<WhatsappExtra, { kind: "location" | "button" }>;
type Parts = { body?: string; media?: SimMedia[]; extra?: PhoneExtra };

/** What the person types and sends; Enter sends, as on a phone's hardware keyboard. */
export function PhoneComposer(props: Props) {
  const t = useTranslations("simulator");
  const { type, quoted, onUnquote } = props;
  const [body, setBody] = useState("");
  const [media, setMedia] = useState<SimMedia[]>([]);
  const send = useSend(props);

  const submit = async () => {
    if (!body.trim() && media.length === 0) return;
    const parts = { body, media };
    setBody("");
    setMedia([]);
    if (await send(parts)) return;
    setBody(parts.body);
    setMedia(parts.media);
  };
  const attach = async (file: File) => {
    const stored = await uploadToPhone(file);
    if (stored) setMedia((known) => [...known, stored]);
    else toast.error(t("uploadFailed"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="shrink-0 border-line border-t px-2.5 pt-2 pb-3">
      {quoted ? (
        <Chip label={quoted.body || t("attachment")} remove={t("unquote")} onRemove={onUnquote} />
      ) : null}
      {media.map((one) => (
        <Chip
          key={one.sid}
          label={one.fileName ?? t("photo")}
          remove={t("removeFile")}
          onRemove={() => setMedia((known) => known.filter((other) => other !== one))}
        />
      ))}
      <div className="flex items-end gap-1.5">
        <ExtrasMenu
          type={type}
          onFile={attach}
          onExtra={(extra, text) => void send({ extra, body: text })}
        />
        <textarea
          rows={1}
          value={body}
          maxLength={1600}
          aria-label={t("write")}
          placeholder={t("write")}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-32 min-h-9 min-w-0 flex-1 resize-none rounded-2xl border border-strong bg-surface px-3 py-1.5 text-base max-sm:text-[1rem]"
        />
        <IconButton
          label={t("send")}
          variant="primary"
          onClick={() => void submit()}
          disabled={!body.trim() && media.length === 0}
          className="size-9 rounded-full"
        >
          <ArrowUp />
        </IconButton>
      </div>
    </div>
  );
}

/** @returns whether the network took it. */
function useSend({ phone, profileName, to, quoted, onUnquote, onSent }: Props) {
  const words = useErrorWords();
  return async ({ body = "", media = [], extra }: Parts): Promise<boolean> => {
    const result = await sendFromPhone({
      phone,
      to,
      body,
      media,
      extra: extra ?? null,
      repliesTo: quoted?.sid ?? null,
      profileName: to.startsWith("whatsapp:") ? profileName : null,
    });
    if (!result.ok) {
      toast.error(words.about(result));
      return false;
    }
    onUnquote();
    await onSent();
    return true;
  };
}

type ChipProps = { label: string; remove: string; onRemove: () => void };

function Chip({ label, remove, onRemove }: ChipProps) {
  return (
    <p className="mb-1.5 flex items-center gap-1 rounded-md bg-hover py-0.5 pr-0.5 pl-2 text-sm">
      <span className="min-w-0 flex-1 truncate">{label}</span>
      <IconButton label={remove} size="xs" onClick={onRemove}>
        <X />
      </IconButton>
    </p>
  );
}
