"use client";

import {
  AudioLines,
  Image as ImageIcon,
  MapPin,
  MousePointerClick,
  Paperclip,
  Plus,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import type { PhoneExtra } from "./phone-composer";
import { drawSamplePhoto } from "./sample-photo";
import { recordSampleVoice } from "./sample-voice";

type Props = {
  type: "sms" | "whatsapp";
  onFile: (file: File | Promise<File>) => Promise<void>;
  /** @param text What the message says besides, where it says anything. */
  onExtra: (extra: PhoneExtra, text: string) => void;
};

/** Besides text: photos everywhere, and what only WhatsApp can. */
export function ExtrasMenu({ type, onFile, onExtra }: Props) {
  const t = useTranslations("simulator.extras");
  const picker = useRef<HTMLInputElement>(null);
  const button = (text: string, payload: string) =>
    onExtra({ kind: "button", text, payload }, text);
  return (
    <DropdownMenu>
      <input
        ref={picker}
        type="file"
        hidden
        aria-hidden
        accept={type === "sms" ? "image/*" : undefined}
        data-testid={`file-${type}`}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void onFile(file);
          currentTarget.value = "";
        }}
      />
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" aria-label={t("open")} className="size-9 rounded-full px-0">
          <Plus />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start">
        <DropdownMenuItem onSelect={() => picker.current?.click()}>
          <Paperclip />
          {t(type === "sms" ? "photo" : "file")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void onFile(drawSamplePhoto())}>
          <ImageIcon />
          {t("samplePhoto")}
        </DropdownMenuItem>
        {type === "whatsapp" ? (
          <>
            <DropdownMenuItem onSelect={() => void onFile(recordSampleVoice())}>
              <AudioLines />
              {t("voice")}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onExtra({ kind: "location", ...PLACE }, "")}>
              <MapPin />
              {t("location")}
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => button(t("yes"), "yes")}>
              <MousePointerClick />
              {t("button", { text: t("yes") })}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => button(t("no"), "cancel")}>
              <MousePointerClick />
              {t("button", { text: t("no") })}
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** A place that everybody knows and nobody lives at. */
const PLACE = {
  latitude: 48.8606,
  longitude: 2.3376,
  label: "Musée du Louvre",
  address: "Rue de Rivoli, 75001 Paris",
};
