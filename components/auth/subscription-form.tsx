"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { chooseMails } from "@/app/(auth)/actions";
import { useErrorWords } from "../shell/use-error-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";

type Props = { token: string; isOptedOut: boolean; sender: string };

/** One button each way; what is shown is what has been stored. */
export function SubscriptionForm({ token, isOptedOut: stored, sender }: Props) {
  const t = useTranslations("subscription");
  const errors = useErrorWords();
  const [isOptedOut, setOptedOut] = useState(stored);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const choose = async () => {
    setBusy(true);
    const result = await chooseMails({ token, state: isOptedOut ? "opted_in" : "opted_out" });
    if (result.ok) setOptedOut(!isOptedOut);
    setFailure(result.ok ? null : errors.about(result));
    setBusy(false);
  };

  return (
    <div className="flex flex-col gap-4">
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <p role="status" className="text-sm">
        {t(isOptedOut ? "out" : "in", { sender })}
      </p>
      <Button
        variant={isOptedOut ? "secondary" : "primary"}
        size="lg"
        loading={isBusy}
        onClick={() => void choose()}
      >
        {t(isOptedOut ? "back" : "leave")}
      </Button>
    </div>
  );
}
