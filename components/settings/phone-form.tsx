"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { proveOwnPhone, saveOwnPhone } from "@/app/(workspace)/settings/profile/actions";
import { formatAddress } from "@/lib/domain/format-address";
import { ClaimedNumber } from "../preferences/claimed-number";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
import { useSaver } from "./use-saver";

type Props = {
  phoneNumber: string | null;
  /** A number of which they have not shown yet that it is theirs. */
  claimed: string | null;
  homeCountry: string;
};

/** R001: one's own phone number, which is one's own by the code that is sent there. */
export function PhoneForm({ phoneNumber, claimed, homeCountry }: Props) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const own = useTranslations("addresses");
  const saver = useSaver(saveOwnPhone, {
    done: null,
    onDone: (saved) =>
      toast.success(
        saved.kind === "saved"
          ? ui("saved")
          : own("codeSent", { address: formatAddress(saved.phoneNumber, homeCountry) }),
      ),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ phoneNumber: String(data.get("phoneNumber")) });
  };
  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submit} className="flex flex-col gap-4 sm:max-w-sm">
        <Field
          label={t("phone")}
          aside={ui("optional")}
          help={t("phoneHelp")}
          error={saver.faultOf("phoneNumber")}
        >
          <Input
            key={`${phoneNumber} ${claimed}`}
            name="phoneNumber"
            type="tel"
            autoComplete="tel"
            maxLength={40}
            defaultValue={phoneNumber ?? ""}
          />
        </Field>
        <div>
          <Button type="submit" loading={saver.isBusy}>
            {ui("save")}
          </Button>
        </div>
      </form>
      {claimed ? <Claimed key={claimed} {...{ phoneNumber, claimed, homeCountry }} /> : null}
    </div>
  );
}

type ClaimedProps = Omit<Props, "claimed"> & { claimed: string };

function Claimed({ phoneNumber, claimed, homeCountry }: ClaimedProps) {
  const t = useTranslations("claimedNumber");
  const own = useTranslations("addresses");
  const shown = formatAddress(claimed, homeCountry);
  const again = useSaver(saveOwnPhone, { done: own("codeSent", { address: shown }) });
  const back = useSaver(saveOwnPhone, { done: t("dropped") });
  return (
    <ClaimedNumber
      title={t("title", { number: shown })}
      shown={shown}
      confirm={proveOwnPhone}
      again={{ isBusy: again.isBusy, run: () => void again.save({ phoneNumber: claimed }) }}
      drop={{
        isBusy: back.isBusy,
        run: () => void back.save({ phoneNumber: phoneNumber ?? "" }),
      }}
    >
      <p className="text-muted text-sm">{t("lead", { number: shown })}</p>
    </ClaimedNumber>
  );
}
