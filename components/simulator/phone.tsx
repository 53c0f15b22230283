"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import type { SimMessage } from "@/lib/embedded/simulator/words";
import { EmptyState } from "../ui/empty-state";
import { PhoneComposer } from "./phone-composer";
import { PhoneFrame } from "./phone-frame";
import { PhoneHeader } from "./phone-header";
import { PhoneThreadList } from "./phone-thread-list";

type Props = {
  type: "sms" | "whatsapp";
  view: SimulatorView;
  homeCountry: string;
  onSent: () => Promise<void>;
  className?: string;
};

/** One of the person's two phones, in a conversation with one of our numbers. */
export function Phone({ type, view, homeCountry, onSent, className }: Props) {
  const t = useTranslations("simulator");
  const senders = view.senders.filter((one) => one.type === type);
  const messages = view.thread.messages.filter(
    (one) => senderOf(one).startsWith("whatsapp:") === (type === "whatsapp"),
  );
  const last = messages.at(-1);
  const [chosen, setChosen] = useState<string | null>(null);
  const [quoted, setQuoted] = useState<SimMessage | null>(null);
  const newest = last ? senderOf(last) : senders[0]?.address;
  const sender = senders.find((one) => one.address === (chosen ?? newest)) ?? senders[0];
  const name = view.phones.find((one) => one.phone === view.phone)?.name ?? null;

  return (
    <PhoneFrame label={t(type)} className={className}>
      {sender && view.phone ? (
        <>
          <PhoneHeader
            type={type}
            senders={senders}
            sender={sender}
            homeCountry={homeCountry}
            onChoose={setChosen}
          />
          <PhoneThreadList
            type={type}
            phone={view.phone}
            messages={messages.filter((one) => senderOf(one) === sender.address)}
            onQuote={type === "whatsapp" ? setQuoted : null}
          />
          <PhoneComposer
            type={type}
            phone={view.phone}
            profileName={name}
            to={sender.address}
            quoted={quoted}
            onUnquote={() => setQuoted(null)}
            onSent={onSent}
          />
        </>
      ) : (
        <EmptyState title={t(view.phone ? `none.${type}` : "none.phone")} className="flex-1">
          {t(view.phone ? "none.connect" : "none.addPhone")}
        </EmptyState>
      )}
    </PhoneFrame>
  );
}

/** Our side of a message. */
function senderOf(message: SimMessage): string {
  return (message.direction === "inbound" ? message.to : message.from) ?? "";
}
