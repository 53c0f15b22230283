"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { checkWebhook, setWebhook } from "@/app/(workspace)/settings/integrations/webhook-actions";
import { useErrorWords } from "../shell/use-error-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast";

type Answer = Awaited<ReturnType<typeof checkWebhook>>;

/** What the provider has now, asked when the page is opened, and the button that puts it right. */
export function WebhookState({ id }: { id: string }) {
  const t = useTranslations("settings.webhook");
  const errors = useErrorWords();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isLeft = false;
    const ask = async () => {
      const given = await checkWebhook({ id }).catch(
        (): Answer => ({ ok: false, code: "unreachable" }),
      );
      if (!isLeft) setAnswer(given);
    };
    void ask();
    return () => {
      isLeft = true;
    };
  }, [id]);
  const put = async () => {
    setBusy(true);
    const given = await setWebhook({ id }).catch(
      (): Answer => ({ ok: false, code: "unreachable" }),
    );
    setBusy(false);
    if (!given.ok) return void toast.error(errors.about(given));
    setAnswer(given);
    toast.success(t("set"));
  };
  if (answer === null) {
    return (
      <p role="status" className="flex h-9 items-center gap-2 text-muted text-sm">
        <Spinner />
        {t("asking")}
      </p>
    );
  }
  if (answer.ok && answer.data.isOurs) {
    return (
      <Banner tone="success" role="status">
        {t("isOurs")}
      </Banner>
    );
  }
  const words = answer.ok
    ? answer.data.url
      ? t("isOther", { url: answer.data.url })
      : t("isNone")
    : errors.about(answer);
  return (
    <Banner
      tone="warning"
      role="status"
      action={
        <Button size="xs" loading={isBusy} onClick={() => void put()}>
          {t("put")}
        </Button>
      }
    >
      <span className="break-words">{words}</span>
    </Banner>
  );
}
