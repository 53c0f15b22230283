import { ExternalLink } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Section } from "./section";

const LINKS = [
  ["console", "https://console.twilio.com"],
  ["numbers", "https://console.twilio.com/us1/develop/phone-numbers/manage/incoming"],
  ["verified", "https://console.twilio.com/us1/develop/phone-numbers/manage/verified"],
  ["logs", "https://console.twilio.com/us1/monitor/logs/sms"],
  ["pricing", "https://www.twilio.com/sms/pricing/fr"],
  ["docs", "https://www.twilio.com/docs/messaging"],
] as const;

/** R005, R033, R115, R116: the way to a Twilio account, a number, and out of the trial. */
export async function TwilioHelp() {
  const t = await getTranslations("settings.twilioHelp");
  return (
    <Section title={t("title")}>
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm marker:text-subtle">
        <li>{t("account")}</li>
        <li>{t("credentials")}</li>
        <li>{t("number")}</li>
        <li>{t("webhook")}</li>
      </ol>
      <p className="text-muted text-sm">{t("trial")}</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {LINKS.map(([key, href]) => (
          <li key={key}>
            <a
              href={href}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 text-accent-fg hover:underline"
            >
              {t(`links.${key}`)}
              <ExternalLink className="size-3" aria-hidden />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
