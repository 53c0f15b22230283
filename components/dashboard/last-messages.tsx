"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { stateOfMessage } from "@/lib/domain/history/delivery-state";
import type { SentLately } from "@/lib/domain/history/figures";
import { StateBadge } from "../notifications/state-badge";
import { useSeconds } from "../notifications/use-seconds";
import { useTypeName } from "../notifications/use-type-name";
import { Section } from "../settings/section";
import { cn } from "../ui/cn";

type Props = { messages: readonly SentLately[]; zone: string };

/** R312: the newest messages; each leads to its notification, or to its conversation. */
export function LastMessages({ messages, zone }: Props) {
  const t = useTranslations("dashboard.last");
  const columns = ["time", "recipient", "channel", "type", "status", "delay"] as const;
  return (
    <Section
      title={t("title", { count: messages.length })}
      action={
        <Link
          href="/notifications?view=all"
          className="shrink-0 text-accent-fg text-sm underline underline-offset-2"
        >
          {t("history")}
        </Link>
      }
    >
      {messages.length === 0 ? (
        <p className="text-muted text-sm">{t("nothing")}</p>
      ) : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
          tabIndex={0}
          aria-label={t("table")}
          className="max-h-96 overflow-auto"
        >
          <table className="w-full text-sm">
            <thead>
              <tr className="border-line border-b text-left text-muted text-xs max-sm:sr-only">
                {columns.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className={cn("py-1.5 pr-3 font-medium", column === "delay" && "text-right")}
                  >
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {messages.map((message) => (
                <Row key={message.id} message={message} zone={zone} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  );
}

function Row({ message, zone }: { message: SentLately; zone: string }) {
  const format = useFormatter();
  const channels = useTranslations("preferences.channels.short");
  const seconds = useSeconds();
  const typeName = useTypeName();
  const { createdAt, notificationId, conversationId, status, delay } = message;
  const href =
    notificationId === null
      ? `/inbox/${conversationId}`
      : `/notifications?view=all&open=${notificationId}`;
  return (
    // On a phone two lines without columns: whom and how far, then the rest.
    <tr className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:py-2 sm:[&>td]:py-1.5 sm:[&>td]:pr-3">
      <td className="whitespace-nowrap text-muted tabular-nums max-sm:order-5 max-sm:ml-auto max-sm:text-xs">
        <time dateTime={createdAt}>
          {format.dateTime(new Date(createdAt), {
            timeZone: zone,
            dateStyle: "short",
            timeStyle: "short",
          })}
        </time>
      </td>
      <td className="min-w-0 tabular-nums max-sm:order-1 max-sm:flex-1">
        <Link href={href} prefetch={false} className="underline-offset-2 hover:underline">
          {message.recipient}
        </Link>
      </td>
      <td className="max-sm:order-3 max-sm:text-muted max-sm:text-xs">
        {channels(message.channel)}
      </td>
      <td className="max-sm:order-4 max-sm:text-muted max-sm:text-xs">{typeName(message.type)}</td>
      <td className="max-sm:order-2">
        <StateBadge state={stateOfMessage(status)} />
      </td>
      <td className="whitespace-nowrap text-right tabular-nums max-sm:order-6 max-sm:text-muted max-sm:text-xs">
        {seconds(delay)}
      </td>
      {/* Breaks the line of the phone's form. */}
      <td aria-hidden className="order-2 basis-full p-0! sm:hidden" />
    </tr>
  );
}
