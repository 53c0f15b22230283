import { useFormatter, useTranslations } from "next-intl";
import type { MailView } from "@/app/(workspace)/simulator/view";
import { Receipt } from "./receipt-trail";

/** What went wrong on the way, each word about the mail that Carillon was sent, and its unsubscription. */
export function MailTrail({ mail }: { mail: MailView }) {
  const t = useTranslations("simulator");
  const { answer, receipts, unsubscribed } = mail;
  if (answer === "200" && receipts.length === 0 && unsubscribed === null) return null;
  return (
    <div role="status" className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
      {answer === "200" ? null : (
        <span className="text-warning-fg">{t(`receipts.answer.${answer}`)}</span>
      )}
      {receipts.map((receipt, index) => (
        // Receipts are only ever added: their place is their name.
        // biome-ignore lint/suspicious/noArrayIndexKey: append-only
        <Receipt key={index} name={t(`mail.event.${receipt.event}`)} {...receipt} />
      ))}
      {unsubscribed ? <Unsubscribed {...unsubscribed} /> : null}
    </div>
  );
}

function Unsubscribed({ at, httpStatus }: { at: number; httpStatus: number | null }) {
  const t = useTranslations("simulator.mail");
  const format = useFormatter();
  const isTaken = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  return (
    <span className={isTaken ? "text-success-fg" : "text-danger-fg"}>
      {t(isTaken ? "unsubscribed" : "unsubscribeFailed", {
        at: format.dateTime(new Date(at), "moment"),
        code: httpStatus ?? t("noAnswer"),
      })}
    </span>
  );
}
