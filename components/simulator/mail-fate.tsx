import { useTranslations } from "next-intl";
import type { MailEvent } from "@/lib/embedded/simulator/mail-words";
import { Badge } from "../ui/badge";

const TONES = {
  queued: "neutral",
  sent: "neutral",
  delivered: "success",
  opened: "success",
  bounced: "danger",
  complained: "warning",
} as const satisfies Record<MailEvent, string>;

/** What became of a mail last. */
export function MailFate({ event }: { event: MailEvent }) {
  const t = useTranslations("simulator.mail.event");
  return <Badge tone={TONES[event]}>{t(event)}</Badge>;
}
