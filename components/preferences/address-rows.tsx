"use client";

import { BadgeCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { askForCode, confirmCode, saveOwnPreferences } from "@/app/(workspace)/preferences/actions";
import { formatAddress } from "@/lib/domain/format-address";
import type { AddressKind } from "@/lib/domain/words";
import { useSaver } from "../settings/use-saver";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { CodeForm } from "./code-form";

export type ShownAddress = {
  /** null: the address one signs in by, which is verified by that. */
  id: string | null;
  kind: AddressKind;
  value: string;
  isVerified: boolean;
};

type Props = { addresses: readonly ShownAddress[]; homeCountry: string };

/** Where somebody is reached, whether they have shown that they read it, and the code by which they do. */
export function AddressRows({ addresses, homeCountry }: Props) {
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
      <WhatsappForm number={whatsapp?.value ?? null} />
    </>
  );
}

function AddressRow({ address, homeCountry }: { address: ShownAddress; homeCountry: string }) {
  const t = useTranslations("addresses");
  const [isAsked, setAsked] = useState(false);
  const { id, kind, value, isVerified } = address;
  const shown = formatAddress(value, homeCountry);
  const asker = useSaver(askForCode, {
    done: t("codeSent", { address: shown }),
    onDone: () => setAsked(true),
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

function WhatsappForm({ number }: { number: string | null }) {
  const t = useTranslations("addresses");
  const ui = useTranslations("ui");
  const saver = useSaver(saveOwnPreferences);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get("whatsappNumber")).trim();
    void saver.save({ whatsappNumber: given === "" ? null : given });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
      <Field
        label={t("whatsapp")}
        aside={ui("optional")}
        help={t("whatsappHelp")}
        error={saver.faultOf("whatsappNumber")}
        className="min-w-52 max-w-sm flex-1"
      >
        <Input
          key={number}
          name="whatsappNumber"
          type="tel"
          autoComplete="tel"
          maxLength={40}
          defaultValue={number ?? ""}
        />
      </Field>
      <Button type="submit" loading={saver.isBusy} className="mt-6.5">
        {ui("save")}
      </Button>
    </form>
  );
}
