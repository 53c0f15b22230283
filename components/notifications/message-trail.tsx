import { useTranslations } from "next-intl";
import { Disclosure } from "../ui/disclosure";
import type { MessageView } from "./detail-view";
import { StateBadge } from "./state-badge";
import type { Clock } from "./use-clock";
import { useSeconds } from "./use-seconds";

type Props = { message: MessageView; clock: Clock };

/** A message that came of a delivery: what its provider was asked, and what it answered to each try. */
export function MessageTrail({ message, clock }: Props) {
  const t = useTranslations("history.detail");
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2">
        {t("message")} <StateBadge state={message.state} />
      </p>
      <Disclosure summary={t("request")}>
        <RequestList request={message.request} />
      </Disclosure>
      <ul className="flex flex-col gap-1">
        {message.attempts.map((attempt) => (
          <Attempt key={attempt.number} attempt={attempt} clock={clock} />
        ))}
      </ul>
      <ul className="flex flex-col gap-0.5 text-xs">
        {message.lines.map((line) => (
          <Line key={`${line.at} ${line.event}`} line={line} clock={clock} />
        ))}
      </ul>
    </div>
  );
}

type LineProps = { line: MessageView["lines"][number]; clock: Clock };

/** What happened to it in words, then as it is called in the API and in the log. */
function Line({ line: { at, event, words }, clock }: LineProps) {
  const t = useTranslations("history.detail.events");
  const key = event.replaceAll(".", "_");
  return (
    <li className="text-muted">
      <time dateTime={at} className="tabular-nums">
        {clock(at)}
      </time>{" "}
      {t.has(key) ? <span className="text-fg">{t(key)} </span> : null}
      <code className="text-2xs text-subtle">{event}</code>
      {words ? ` · ${words}` : null}
    </li>
  );
}

const FIELDS = [
  "provider",
  "account",
  "credentials",
  "from",
  "messagingServiceSid",
  "to",
  "subject",
  "contentSid",
  "body",
  "characters",
  "segments",
] as const;

/** What does not apply is left out. */
function RequestList({ request }: Pick<MessageView, "request">) {
  const t = useTranslations("history.detail.fields");
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
      {FIELDS.flatMap((field) => {
        const value = request[field];
        if (value === null || value === "") return [];
        return [
          <dt key={`${field} name`} className="text-muted">
            {t(field)}
          </dt>,
          <dd key={field} className="min-w-0 whitespace-pre-line break-words">
            {value}
          </dd>,
        ];
      })}
    </dl>
  );
}

type AttemptProps = { attempt: MessageView["attempts"][number]; clock: Clock };

function Attempt({ attempt, clock }: AttemptProps) {
  const t = useTranslations("history.detail");
  const errors = useTranslations("errors.provider");
  const seconds = useSeconds();
  const { number, startedAt, finishedAt, outcome, providerId, httpStatus } = attempt;
  const { errorCode, errorMessage } = attempt;
  const sentence = errorCode !== null && errors.has(errorCode) ? errors(errorCode) : errorMessage;
  const answer = [
    httpStatus === null ? null : `HTTP ${httpStatus}`,
    providerId,
    errorCode,
    sentence,
  ].filter((part) => part !== null);
  return (
    <li className="rounded-md bg-canvas px-2 py-1.5 text-xs">
      <p className="font-medium">
        {t("attempt", { number })} · {t(`outcomes.${outcome ?? "open"}`)}
      </p>
      <p className="text-muted">
        <time dateTime={startedAt} className="tabular-nums">
          {clock(startedAt)}
        </time>
        {finishedAt
          ? ` · ${t("answered", { after: seconds(secondsFrom(startedAt, finishedAt)) })}`
          : null}
      </p>
      {answer.length > 0 ? <p className="break-words">{answer.join(" · ")}</p> : null}
    </li>
  );
}

function secondsFrom(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}
