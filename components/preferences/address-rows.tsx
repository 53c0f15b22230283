"use client";

import { BadgeCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { askForCode, confirmCode } from "@/app/(workspace)/preferences/actions";
import { formatAddress } from "@/lib/domain/format-address";
import type { AddressKind } from "@/lib/domain/words";
import { useSaver } from "../settings/use-saver";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { CodeForm } from "./code-form";
import { WhatsappForm } from "./whatsapp-form";

export type ShownAddress = {
  /** null: the address one signs in by, which is verified by that. */
  id: string | null;
  kind: AddressKind;
  value: string;
  isVerified: boolean;
};

type Props = {
  addresses: readonly ShownAddress[];
  /** A WhatsApp number of which they have not shown yet that it is theirs. */
  claimed: string | null;
  homeCountry: string;
};

/** Where somebody is reached, whether they have shown that they read it, and the code by which they do. */
export function AddressRows({ addresses, claimed, homeCountry }: Props) {
  const t = useTranslations("addresses");
  const whatsapp = addresses.find(({ kind }) => kind === "whatsapp");
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {addresses.map((address) => (
          <AddressRow
            key={`${address.kind} ${address.value}`}
            address={address}
            homeCountry={homeCountry}
          />
        ))}
      </ul>
      {addresses.some(({ kind }) => kind !== "email") ? null : (
        <p className="text-muted text-sm">{t("noPhone")}</p>
      )}
      <WhatsappForm number={whatsapp?.value ?? null} claimed={claimed} homeCountry={homeCountry} />
    </>
  );
}

function AddressRow({ address, homeCountry }: { address: ShownAddress; homeCountry: string }) {
  const t = useTranslations("addresses");
  const [isAsked, setAsked] = useState(false);
  const { id, kind, value, isVerified } = address;
  const shown = formatAddress(value, homeCountry);
  const asker = useSaver(askForCode, {
    done: null,
    onDone: ({ channel }) => {
      const isInstead = kind === "whatsapp" && channel === "sms";
      toast.success(t(isInstead ? "codeBySms" : "codeSent", { address: shown }));
      setAsked(true);
    },
  });
  return (
    <li className="flex flex-col gap-3 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-40 flex-1">
          <span className="block text-muted text-xs">{t(`kinds.${kind}`)}</span>
          <span className="break-all text-sm">{shown}</span>
        </span>
        <Badge tone={isVerified ? "success" : "neutral"}>
          {isVerified ? (
            <BadgeCheck className="size-3.5" aria-hidden />
          ) : (
            <CircleDashed className="size-3.5" aria-hidden />
          )}
          {isVerified ? t("verified") : t("unverified")}
        </Badge>
        {isVerified || id === null ? null : (
          <Button
            size="sm"
            loading={asker.isBusy}
            aria-label={t("verifyOf", { address: shown })}
            onClick={() => void asker.save({ id })}
          >
            {isAsked ? t("again") : t("verify")}
          </Button>
        )}
      </div>
      {isAsked && !isVerified && id !== null ? (
        <CodeForm confirm={({ code }) => confirmCode({ id, code })} />
      ) : null}
    </li>
  );
}
