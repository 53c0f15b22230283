import { useTranslations } from "next-intl";
import type { MessageView } from "./detail-view";
import { StateBadge } from "./state-badge";
import type { Clock } from "./use-clock";

type Props = { message: MessageView; clock: Clock };

/** A message that came of a delivery: what its provider was asked, and what it answered to each try. */
export function MessageTrail({ message, clock }: Props) {
  const t = useTranslations("history.detail");
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2">
        {t("message")} <StateBadge state={message.state} />
      </p>
      <details>
        <summary className="w-fit text-muted text-xs hover:text-fg">{t("request")}</summary>
        <RequestList request={message.request} />
      </details>
      <ul className="flex flex-col gap-1">
        {message.attempts.map((attempt) => (
          <Attempt key={attempt.number} attempt={attempt} clock={clock} />
        ))}
      </ul>
      <ul className="flex flex-col gap-0.5 text-xs">
        {message.lines.map(({ at, event, words }) => (
          <li key={`${at} ${event}`} className="text-muted">
            <time dateTime={at}>{clock(at)}</time> <code>{event}</code>
            {words ? ` · ${words}` : null}
          </li>
        ))}
      </ul>
    </div>
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
        <time dateTime={startedAt}>{clock(startedAt)}</time>
        {finishedAt ? (
          <>
            {" → "}
            <time dateTime={finishedAt}>{clock(finishedAt)}</time>
          </>
        ) : null}
      </p>
      {answer.length > 0 ? <p className="break-words">{answer.join(" · ")}</p> : null}
    </li>
  );
}
