import type { NotificationType } from "../notification-types/notification-type";
import { READY_TYPES } from "../notification-types/ready-types";
import type { Words } from "../notification-words";
import { CHANNELS, type Channel, LOCALES, type Locale } from "../words";
import { emailLayout } from "./email-layout";
import { type Rendered, renderTemplate } from "./render-template";
import { SHIPPED_TEMPLATES } from "./shipped/shipped-templates";

type Filling = {
  /** Key of a ready type. */
  type: string;
  data: Readonly<Record<string, unknown>>;
  locale: Locale;
  /** IANA zone in which the recipient reads the clock. */
  zone: string;
};

/**
 * What the type's template says on a channel, filled with data that `findWordingFaults` finds nothing
 * wrong with. An e-mail has the text of WhatsApp beside its HTML.
 *
 * @throws where the type has no template, or data is wrong after all
 */
export function wordType(filling: Filling, channel: Channel): Words {
  const { locale } = filling;
  const text = fill(filling, channel === "email" ? "whatsapp" : channel, "body");
  const subject = fill(filling, "email", "subject");
  if (channel !== "email") return { subject, body: text, html: null };
  const html = emailLayout({ title: subject, content: fill(filling, "email", "body"), locale });
  return { subject, body: text, html };
}

type Part = "subject" | "body";

function fill(filling: Filling, channel: Channel, part: Part): string {
  const rendered = render(filling, channel, part);
  if (!rendered.ok) throw new Error(`${filling.type}: ${JSON.stringify(rendered.faults)}`);
  return rendered.text;
}

function render({ type, data, locale, zone }: Filling, channel: Channel, part: Part): Rendered {
  const template = SHIPPED_TEMPLATES.find(
    (one) => one.event === type && one.channel === channel && one.locale === locale,
  );
  const variables = READY_TYPES.find(({ key }) => key === type)?.variables;
  const source = template?.[part];
  if (!source || !variables) throw new Error(`${type} has no template for ${channel}`);
  const isHtml = channel === "email" && part === "body";
  return renderTemplate(source, { variables, data, locale, zone, isHtml });
}

export type WordingFault = { name: string; message: string };

/** What is missing or wrong in the data for any channel and language of a type, each variable once. */
export function findWordingFaults(
  { key }: NotificationType,
  data: Readonly<Record<string, unknown>>,
): WordingFault[] {
  const faults = new Map<string, string>();
  for (const locale of LOCALES) {
    for (const channel of CHANNELS) {
      for (const part of channel === "email" ? (["subject", "body"] as const) : ["body" as const]) {
        const rendered = render({ type: key, data, locale, zone: "UTC" }, channel, part);
        if (rendered.ok) continue;
        for (const fault of rendered.faults) {
          if ("fault" in fault) faults.set(fault.name, faultMessage(fault.fault));
          else throw new Error(`${key}: ${JSON.stringify(fault)}`);
        }
      }
    }
  }
  return [...faults].map(([name, message]) => ({ name, message }));
}

/** What is wrong with a value, and how to mend it. */
export function faultMessage(fault: "missing" | "no_number" | "no_date" | "no_url"): string {
  switch (fault) {
    case "missing":
      return "Is missing: the template needs it";
    case "no_number":
      return "Must be a number";
    case "no_date":
      return "Must be an ISO 8601 time or date";
    case "no_url":
      return "Must be a link that begins with https://";
    default:
      return fault satisfies never;
  }
}
