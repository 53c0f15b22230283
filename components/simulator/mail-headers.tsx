import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MailView } from "@/app/(workspace)/simulator/view";

/** Who wrote to whom and when, and the header lines of the sender's own. */
export function MailHeaders({ mail }: { mail: MailView }) {
  const t = useTranslations("simulator.mail");
  const format = useFormatter();
  return (
    <dl className="grid gap-x-3 text-sm sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-1">
      <Line name={t("from")}>
        {mail.fromName === null ? mail.from : `${mail.fromName} <${mail.from}>`}
      </Line>
      <Line name={t("to")}>{mail.to.join(", ")}</Line>
      <Line name={t("date")}>{format.dateTime(new Date(mail.at), "moment")}</Line>
      {mail.replyTo.length > 0 ? <Line name={t("replyTo")}>{mail.replyTo.join(", ")}</Line> : null}
      {Object.entries(mail.headers).map(([name, value]) => (
        <Line key={name} name={name}>
          <span className="font-mono text-xs">{value}</span>
        </Line>
      ))}
    </dl>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted max-sm:text-xs sm:max-w-44 [overflow-wrap:anywhere]">{name}</dt>
      <dd className="max-sm:mb-1 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
