"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { startConversation } from "@/app/(workspace)/inbox/actions";
import { carriageOf } from "@/lib/domain/carries-mms";
import { countryOfTyped } from "@/lib/domain/country-of-number";
import { formatAddress } from "@/lib/domain/format-address";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { asAnswer } from "../inbox/verbs";
import { useRefusal } from "../thread/use-refusal";
import { Banner } from "../ui/banner";
import { Dialog, DialogBody, DialogContent } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { SandboxNote } from "./composer-notes";
import { useUploads } from "./use-uploads";
import { WritingBox } from "./writing-box";

/** Writes to a number typed by hand, from one of ours. */
export function NewConversationDialog() {
  const t = useTranslations("composer.start");
  const { verbs } = useInbox();
  const isOpen = useInboxSlice((state) => state.dialog === "start");
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? verbs.show("start") : verbs.hide("start"))}
    >
      <DialogContent title={t("title")} width="md">
        <StartForm onDone={() => verbs.hide("start")} />
      </DialogContent>
    </Dialog>
  );
}

type Fault = { code: string; message: string | null };

/** Codes that are about what was typed as recipient; all others stand above the text. */
const RECIPIENT_CODES = new Set(["invalid_phone_number", "invalid_recipient"]);

function StartForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations("composer.start");
  const { verbs, viewer } = useInbox();
  const refusal = useRefusal();
  const senders = useInboxSlice((state) => state.senders);
  const usable = senders.filter((sender) => sender.isActive && sender.type !== "email");
  const [seed] = useState(useInboxSlice((state) => state.startSeed));
  const first =
    usable.find((sender) => sender.id === seed?.integrationId) ??
    usable.find((sender) => sender.isDefault && sender.type === "sms") ??
    usable[0];
  const [to, setTo] = useState(seed ? formatAddress(seed.to, viewer.homeCountry) : "");
  const [senderId, setSenderId] = useState(first?.id ?? "");
  const [text, setText] = useState(seed?.body ?? "");
  const [fault, setFault] = useState<Fault | null>(null);
  const [isSending, setSending] = useState(false);
  const [clientId, setClientId] = useState(() => crypto.randomUUID());
  const sender = usable.find((candidate) => candidate.id === senderId);
  const channel = sender?.type ?? "sms";
  const country = countryOfTyped(to, viewer.homeCountry);
  const carriage = carriageOf(channel, { from: sender?.sender ?? "", country });
  const uploads = useUploads(carriage, seed?.files);
  // What is sent again unchanged is the same message; what was changed is another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setClientId(crypto.randomUUID()), [to, senderId, text, uploads.media]);

  const send = async () => {
    if (to.trim() === "") {
      setFault({ code: "invalid_phone_number", message: null });
      return;
    }
    setSending(true);
    setFault(null);
    const mediaIds = uploads.media.map((media) => media.id);
    const body = text.trim();
    const answer = await asAnswer(() =>
      startConversation({ to, integrationId: senderId, body, mediaIds, clientId }),
    );
    setSending(false);
    if (!answer.ok) {
      const message = "message" in answer ? (answer.message ?? null) : null;
      setFault({ code: answer.code, message });
      return;
    }
    onDone();
    verbs.select(answer.data.conversationId);
    verbs.loadSumsSoon();
  };

  if (usable.length === 0) {
    return (
      <DialogBody className="pb-5">
        <Banner tone="warning">{t("noSender")}</Banner>
      </DialogBody>
    );
  }
  const isRecipientFault = fault !== null && RECIPIENT_CODES.has(fault.code);
  return (
    <DialogBody className="pb-5">
      <Field
        label={t("to")}
        help={t("toHelp")}
        error={isRecipientFault ? refusal(fault.code, fault.message) : undefined}
      >
        <Input
          type="tel"
          inputMode="tel"
          autoComplete="off"
          autoFocus={seed === null}
          value={to}
          placeholder={t("toPlaceholder")}
          onChange={(event) => {
            setTo(event.target.value);
            setFault(null);
          }}
        />
      </Field>
      <Field label={t("from")}>
        <Select value={senderId} onChange={(event) => setSenderId(event.target.value)}>
          {usable.map((candidate) => (
            <option key={candidate.id} value={candidate.id}>
              {t(`sender.${candidate.type}`, {
                name: candidate.name,
                number: formatAddress(candidate.sender, viewer.homeCountry),
              })}
            </option>
          ))}
        </Select>
      </Field>
      {fault && !isRecipientFault ? (
        <Banner tone="danger">{refusal(fault.code, fault.message)}</Banner>
      ) : null}
      <SandboxNote sender={sender} />
      <WritingBox
        fieldId="start-field"
        channel={channel}
        // Nothing is said of a recipient who is not typed yet.
        carriage={country === null ? channel : carriage}
        country={country}
        text={text}
        onText={setText}
        uploads={uploads}
        onSend={() => void send()}
        isSending={isSending}
        placeholder={t("placeholder")}
        minRows={4}
      />
    </DialogBody>
  );
}
