"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { proveOwnWhatsapp, saveOwnPreferences } from "@/app/(workspace)/preferences/actions";
import { formatAddress } from "@/lib/domain/format-address";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
import { ClaimedNumber } from "./claimed-number";

type Props = {
  number: string | null;
  /** A number of which they have not shown yet that it is theirs. */
  claimed: string | null;
  homeCountry: string;
};

/** R313: where WhatsApp reaches somebody, which is theirs by the code that is sent there. */
export function WhatsappForm({ number, claimed, homeCountry }: Props) {
  const t = useTranslations("addresses");
  const ui = useTranslations("ui");
  const claim = useTranslations("claimedWhatsapp");
  const saver = useSaver(saveOwnPreferences, {
    done: null,
    onDone: ({ claimed: sentTo }) =>
      toast.success(
        sentTo === null
          ? ui("saved")
          : claim("codeSent", { number: formatAddress(sentTo, homeCountry) }),
      ),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get("whatsappNumber")).trim();
    void saver.save({ whatsappNumber: given === "" ? null : given });
  };
  return (
    <div className="flex flex-col gap-4">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <Field
          label={t("whatsapp")}
          aside={ui("optional")}
          help={t("whatsappHelp")}
          error={saver.faultOf("whatsappNumber")}
          className="min-w-52 flex-1 max-sm:basis-full sm:max-w-sm"
        >
          <Input
            key={`${number} ${claimed}`}
            name="whatsappNumber"
            type="tel"
            autoComplete="tel"
            maxLength={40}
            defaultValue={number ?? ""}
          />
        </Field>
        <Button type="submit" loading={saver.isBusy} className="sm:mt-6.5">
          {ui("save")}
        </Button>
      </form>
      {claimed ? <Claimed key={claimed} {...{ number, claimed, homeCountry }} /> : null}
    </div>
  );
}

function Claimed({ number, claimed, homeCountry }: Omit<Props, "claimed"> & { claimed: string }) {
  const t = useTranslations("claimedWhatsapp");
  const phone = useTranslations("claimedNumber");
  const shown = formatAddress(claimed, homeCountry);
  const again = useSaver(saveOwnPreferences, { done: t("codeSent", { number: shown }) });
  const back = useSaver(saveOwnPreferences, { done: phone("dropped") });
  return (
    <ClaimedNumber
      title={t("title", { number: shown })}
      shown={shown}
      confirm={proveOwnWhatsapp}
      again={{
        isBusy: again.isBusy,
        run: () => void again.save({ whatsappNumber: claimed }),
      }}
      drop={{ isBusy: back.isBusy, run: () => void back.save({ whatsappNumber: number }) }}
    >
      <p className="text-muted text-sm">{t("lead", { number: shown })}</p>
      <p className="text-muted text-sm">{t("why")}</p>
    </ClaimedNumber>
  );
}
