"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { carriageOf } from "@/lib/domain/carries-mms";
import { countryOfNumber } from "@/lib/domain/country-of-number";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import type { StoppedReply } from "../inbox/inbox-state";
import { personName } from "../inbox/person-name";
import { ComposerBanners, useObstacle } from "./composer-banners";
import { SandboxNote } from "./composer-notes";
import { MovedBanner } from "./moved-banner";
import { SenderChoice } from "./sender-choice";
import { useDraft } from "./use-draft";
import { useReadiness } from "./use-readiness";
import { useUploads } from "./use-uploads";
import { WritingBox } from "./writing-box";

export const COMPOSER_ID = "composer-field";

/** The answer to the open conversation, from the number it came in on unless another is chosen. */
export function Composer({ id }: { id: string }) {
  const t = useTranslations("composer");
  const { verbs, viewer } = useInbox();
  const card = useInboxSlice((state) => state.cards[id]);
  const stopped = useInboxSlice((state) => state.stopped[id]);
  const [text, setText] = useDraft(id);
  const sender = useInboxSlice((state) =>
    state.senders.find((candidate) => candidate.id === card?.integrationId),
  );
  const country = card === undefined ? null : countryOfNumber(card.person.address);
  const carriage = carriageOf(card?.channel ?? "sms", { from: sender?.sender ?? "", country });
  const uploads = useUploads(carriage);
  const { isReady } = useReadiness({ text, uploads, carriage });
  const obstacle = useObstacle(id);
  useRestored(stopped, { text, setText, restore: uploads.restore });
  if (card === undefined) return null;
  const send = (force: boolean) => {
    verbs.send({ conversationId: id, body: text.trim(), media: uploads.media, force });
    setText("");
    uploads.clear();
  };
  const writeFrom = (integrationId: string) => {
    verbs.writeFrom(id, { integrationId, body: text, files: uploads.files });
    setText("");
    uploads.clear();
  };
  return (
    <footer className="flex shrink-0 flex-col gap-2 px-3 pt-1 pb-3 sm:px-4 max-md:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <ComposerBanners id={id} onWriteFrom={writeFrom} />
      {stopped && stopped.news.length > 0 ? (
        <MovedBanner
          stopped={stopped}
          isReady={isReady && obstacle === null}
          onSend={() => send(true)}
          onReview={() => verbs.forgetStopped(id)}
        />
      ) : null}
      <SandboxNote sender={sender} />
      <WritingBox
        fieldId={COMPOSER_ID}
        channel={card.channel}
        carriage={carriage}
        country={country}
        text={text}
        onText={setText}
        uploads={uploads}
        onSend={() => send(false)}
        disabled={obstacle !== null}
        placeholder={t("placeholder", { name: personName(card.person, viewer.homeCountry) })}
        from={
          <SenderChoice
            integrationId={card.integrationId}
            isShort={text !== ""}
            onChoose={writeFrom}
          />
        }
      />
    </footer>
  );
}

/** A reply that was stopped or taken back comes into the field, before what was written since. */
function useRestored(
  stopped: StoppedReply | undefined,
  field: {
    text: string;
    setText: (text: string) => void;
    restore: (files: StoppedReply["files"]) => void;
  },
): void {
  const taken = useRef<StoppedReply | undefined>(undefined);
  const { text, setText, restore } = field;
  useEffect(() => {
    if (stopped === undefined || taken.current === stopped) return;
    taken.current = stopped;
    setText([stopped.body, text].filter(Boolean).join("\n"));
    if (stopped.files.length > 0) restore(stopped.files);
    document.getElementById(COMPOSER_ID)?.focus();
  }, [stopped, text, setText, restore]);
}
