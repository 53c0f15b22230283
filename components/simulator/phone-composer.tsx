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
/** A file in the message, perhaps still on its way to the network; null: it does not get there. */
type Attached = { name: string; stored: Promise<SimMedia | null> };

/** What the person types and sends; Enter sends, as on a phone's hardware keyboard. */
export function PhoneComposer(props: Props) {
  const t = useTranslations("simulator");
  const { type, quoted, onUnquote } = props;
  const [body, setBody] = useState("");
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const send = useSend(props);

  /** What is not there yet is waited for: a message leaves with its files or not at all. */
  const submit = async () => {
    if (!body.trim() && files.length === 0) return;
    setBody("");
    setFiles([]);
    const stored = await Promise.all(files.map((file) => file.stored));
    const media = stored.filter((one) => one !== null);
    if (media.length === files.length && (await send({ body, media }))) return;
    setBody(body);
    setFiles(files.filter((_, index) => stored[index] !== null));
  };
  const attach = async (file: File | Promise<File>) => {
    const name = file instanceof File ? file.name : t("photo");
    const attached = { name, stored: Promise.resolve(file).then(uploadToPhone) };
    setFiles((known) => [...known, attached]);
    if ((await attached.stored) !== null) return;
    toast.error(t("uploadFailed"));
    setFiles((known) => known.filter((other) => other !== attached));
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
      {files.map((file, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and a chip keeps nothing
          key={index}
          label={file.name}
          remove={t("removeFile")}
          onRemove={() => setFiles((known) => known.filter((other) => other !== file))}
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
          disabled={!body.trim() && files.length === 0}
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
