"use client";

import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import {
  readIntegrationTest,
  testNumber,
} from "@/app/(workspace)/settings/integrations/test-actions";
import { isFinal } from "@/lib/domain/message-status";
import type { Channel, MessageStatus } from "@/lib/domain/words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { useSaver } from "./use-saver";

type Sent = { messageId: string; conversationId: string };
type Report = {
  status: MessageStatus;
  providerId: string | null;
  errorCode: string | null;
};

const LOOK_EVERY_MS = 1000;
const LOOKS = 90;

type Props = {
  id: string;
  channel: Channel;
  /** The viewer's own number or address. */
  own: string | null;
};

/** R034, R104: asks the provider, sends a text, and shows its SID and status as they come. */
export function IntegrationTest({ id, channel, own }: Props) {
  const t = useTranslations("settings.test");
  const isEmail = channel === "email";
  const [account, setAccount] = useState<string | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const saver = useSaver(testNumber, {
    done: null,
    isToldInForm: true,
    onDone: (data) => {
      setAccount(data.accountName);
      setSent(data.sent);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(null);
    setAccount(null);
    const to = String(new FormData(event.currentTarget).get("to")).trim();
    void saver.save({ id, to: to || null });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t(isEmail ? "toEmail" : "to")} help={t("toHelp")} error={saver.faultOf("to")}>
        <Input
          name="to"
          type={isEmail ? "email" : "tel"}
          maxLength={254}
          defaultValue={own ?? ""}
        />
      </Field>
      <div>
        <Button type="submit" loading={saver.isBusy}>
          {t("run")}
        </Button>
      </div>
      {saver.refusal ? <Banner tone="danger">{saver.refusal}</Banner> : null}
      {account !== null ? (
        <p className="flex items-center gap-2 text-sm text-success-fg">
          <CircleCheck className="size-4" aria-hidden />
          {t("credentialsGood", { account })}
        </p>
      ) : null}
      {sent ? <SentReport sent={sent} /> : null}
    </form>
  );
}

function SentReport({ sent }: { sent: Sent }) {
  const t = useTranslations("settings.test");
  const errors = useTranslations("errors.provider");
  const report = useReport(sent.messageId);
  const code = report?.errorCode ?? null;
  return (
    <dl
      aria-live="polite"
      className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-md bg-canvas p-3 text-sm"
    >
      <dt className="text-muted">SID</dt>
      <dd className="break-all font-mono text-xs leading-5">{report?.providerId ?? "…"}</dd>
      <dt className="text-muted">{t("status")}</dt>
      <dd>{report ? t(`statuses.${report.status}`) : "…"}</dd>
      {code ? (
        <>
          <dt className="text-muted">{t("reason")}</dt>
          <dd className="text-danger-fg">
            {errors.has(code) ? errors(code) : errors("unknown", { code })}{" "}
            {/^\d+$/.test(code) ? (
              <a
                className="underline"
                target="_blank"
                rel="noreferrer"
                href={`https://www.twilio.com/docs/errors/${code}`}
              >
                {code}
              </a>
            ) : null}
          </dd>
        </>
      ) : null}
      <dt />
      <dd>
        <Link className="text-accent-fg hover:underline" href={`/inbox/${sent.conversationId}`}>
          {t("open")}
        </Link>
      </dd>
    </dl>
  );
}

/** Looks at the message's row until its fate is settled. */
function useReport(messageId: string): Report | null {
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    let looks = 0;
    const timer = setInterval(async () => {
      looks += 1;
      const result = await readIntegrationTest({ id: messageId });
      if (result.ok) setReport(result.data);
      const isSettled = result.ok && isFinal(result.data.status);
      if (isSettled || looks >= LOOKS) clearInterval(timer);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [messageId]);
  return report;
}
