import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { OpenTask } from "@/db/queries/tasks";
import { formatAddress } from "@/lib/domain/format-address";
import { ChannelIcon } from "../inbox/channel-icon";
import { CorrectNumber } from "./correct-number";
import { type SwitchTarget, TaskDeeds } from "./task-deeds";

type Props = {
  task: OpenTask;
  /** Of other channels, by which the person may be reached instead. */
  senders: readonly SwitchTarget[];
  /** Whose numbers are written the national way. */
  country: string;
};

/** A number that is no good: why, what waits for it, and what can be done. */
export async function TaskCard({ task, senders, country }: Props) {
  const [t, errors, format] = await Promise.all([
    getTranslations("tasks"),
    getTranslations("errors.provider"),
    getFormatter(),
  ]);
  const address = formatAddress(task.address, country);
  const { errorCode: code } = task;
  return (
    <article
      aria-label={t("about", { address })}
      className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <ChannelIcon channel={task.channel} className="size-4 self-center text-subtle" />
        <h2 className="font-semibold text-base">{task.name ?? address}</h2>
        {task.name ? <span className="text-muted text-sm">{address}</span> : null}
        <span className="ml-auto text-subtle text-xs">
          {t("since", { at: format.dateTime(task.openedAt, "moment") })}
        </span>
      </header>
      <p className="text-sm">
        {errors.has(code) ? errors(code) : errors("unknown", { code })}{" "}
        {task.conversationId ? (
          <Link href={`/inbox/${task.conversationId}`} className="text-accent-fg underline">
            {t("open")}
          </Link>
        ) : null}
      </p>
      <Waiting task={task} />
      <CorrectNumber id={task.id} />
      <TaskDeeds id={task.id} waiting={task.waiting} senders={senders} />
    </article>
  );
}

async function Waiting({ task }: { task: OpenTask }) {
  const [t, format] = await Promise.all([getTranslations("tasks"), getFormatter()]);
  const more = task.waiting - task.messages.length;
  return (
    <section className="flex flex-col gap-1 text-sm">
      <h3 className="font-medium text-muted">{t("waiting", { count: task.waiting })}</h3>
      <ul className="flex flex-col divide-y divide-line">
        {task.messages.map((message) => (
          <li key={message.id} className="flex items-baseline gap-3 py-1.5">
            <span className="min-w-0 flex-1 truncate">{message.body || t("noText")}</span>
            {message.sendAfter ? (
              <time
                className="shrink-0 text-subtle text-xs"
                dateTime={message.sendAfter.toISOString()}
              >
                {format.dateTime(message.sendAfter, "moment")}
              </time>
            ) : null}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-subtle text-xs">{t("more", { count: more })}</p> : null}
    </section>
  );
}
