import { type Channel, LOCALES, type Locale } from "../../words";
import { EQUIPMENT_LOAN_WORDINGS } from "./equipment-loans";
import { QUEUE_TICKET_WORDINGS } from "./queue-tickets";
import { SECURITY_ALERT_WORDINGS } from "./security-alerts";
import { HINT_AFTER_TEXT, HINT_BELOW_TEXT, type Wordings } from "./wording";

/** A template that a workspace has from its first day, and may change. */
export type ShippedTemplate = {
  /** The key of its notification type. */
  readonly event: string;
  readonly channel: Channel;
  readonly locale: Locale;
  /** Text; null but for e-mail. */
  readonly subject: string | null;
  /** HTML in an e-mail, else text. */
  readonly body: string;
};

const WORDINGS: Readonly<Record<string, Wordings>> = {
  ...SECURITY_ALERT_WORDINGS,
  ...QUEUE_TICKET_WORDINGS,
  ...EQUIPMENT_LOAN_WORDINGS,
};

/** For every ready type one a channel and language. */
export const SHIPPED_TEMPLATES: readonly ShippedTemplate[] = Object.entries(WORDINGS).flatMap(
  ([event, wordings]) => LOCALES.flatMap((locale) => templatesOf(event, locale, wordings)),
);

function templatesOf(event: string, locale: Locale, wordings: Wordings): ShippedTemplate[] {
  const { sms, whatsapp, email } = wordings[locale];
  return [
    { event, locale, channel: "sms", subject: null, body: sms + HINT_AFTER_TEXT },
    { event, locale, channel: "whatsapp", subject: null, body: whatsapp + HINT_BELOW_TEXT },
    { event, locale, channel: "email", ...email },
  ];
}
