import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { StoppedSender } from "@/db/queries/stopped-senders";
import { Banner } from "../ui/banner";
import { ReleaseWaiting } from "./release-waiting";
import { TryAgain } from "./try-again";

/**
 * Senders that a configuration fault has stopped: what is wrong, and how many messages wait. Those that
 * work again ask what becomes of what waited. An account's fault is told once, for all of its senders.
 */
export async function StoppedSenders({ senders }: { senders: readonly StoppedSender[] }) {
  const format = await getFormatter();
  const stopped = groupByFault(senders.filter(({ scope }) => scope !== null));
  const mended = senders.filter(({ scope }) => scope === null);
  return (
    <>
      {stopped.map((group) => (
        <StoppedBanner
          key={group[0].integrationId}
          sender={group[0]}
          names={format.list(group.map(({ name }) => name))}
          waiting={group.reduce((sum, { waiting }) => sum + waiting, 0)}
        />
      ))}
      {mended.map((sender) => (
        <MendedBanner key={sender.integrationId} sender={sender} />
      ))}
    </>
  );
}

type Group = [StoppedSender, ...StoppedSender[]];

function groupByFault(senders: readonly StoppedSender[]): Group[] {
  const groups = new Map<string, Group>();
  for (const sender of senders) {
    const key = sender.scope === "account" ? sender.accountId : sender.integrationId;
    const known = groups.get(key);
    if (known) known.push(sender);
    else groups.set(key, [sender]);
  }
  return [...groups.values()];
}

type StoppedProps = { sender: StoppedSender; names: string; waiting: number };

async function StoppedBanner({ sender, names, waiting }: StoppedProps) {
  const [t, errors] = await Promise.all([
    getTranslations("shell.stopped"),
    getTranslations("errors.provider"),
  ]);
  const code = sender.code ?? "";
  return (
    <Banner
      tone="danger"
      title={t("title", { names })}
      action={<TryAgain integrationId={sender.integrationId} />}
    >
      {errors.has(code) ? errors(code) : errors("unknown", { code: code || "?" })}{" "}
      {t("waiting", { count: waiting })}{" "}
      <Link
        href={`/settings/integrations/${sender.integrationId}`}
        className="font-medium underline"
      >
        {t("mend")}
      </Link>
    </Banner>
  );
}

async function MendedBanner({ sender }: { sender: StoppedSender }) {
  const [t, format] = await Promise.all([getTranslations("shell.stopped"), getFormatter()]);
  const { integrationId, name, waiting, oldestDue } = sender;
  const since = oldestDue ? format.dateTime(oldestDue, "moment") : "";
  return (
    <Banner
      tone="warning"
      role="status"
      title={t("mendedTitle", { name, count: waiting })}
      action={<ReleaseWaiting integrationId={integrationId} waiting={waiting} />}
    >
      {t("mendedLead", { since })}
    </Banner>
  );
}
