import { typesetFrench } from "../typeset-french";
import type { Locale } from "../words";
import type { Decision } from "./decide";
import type { ReplacedChannel } from "./next-channel";
import type { NotificationChannel } from "./words";

type Reason = Decision["reason"] | "read_before_release";
type Saying = Record<Locale, string>;

const ADDRESS: Record<NotificationChannel, Saying> = {
  web: { en: "No account to sign in with here", fr: "Aucun compte pour se connecter ici" },
  email: { en: "No e-mail address configured", fr: "Aucune adresse e-mail renseignée" },
  sms: { en: "No phone number configured", fr: "Aucun numéro de téléphone renseigné" },
  whatsapp: { en: "No WhatsApp number configured", fr: "Aucun numéro WhatsApp renseigné" },
};

const NAMES: Record<NotificationChannel, Saying> = {
  web: { en: "Web", fr: "Web" },
  email: { en: "E-mail", fr: "E-mail" },
  sms: { en: "SMS", fr: "SMS" },
  whatsapp: { en: "WhatsApp", fr: "WhatsApp" },
};

/** `{channel}` is the channel's name, `{until}` when the gates are asked again. */
const SAYINGS: Record<Exclude<Reason, "no_address">, Saying> = {
  sends: { en: "Nothing stands in the way", fr: "Rien ne s’y oppose" },
  instead_of_whatsapp: {
    en: "WhatsApp’s 24 hours are over and no approved text: sent by {channel} instead",
    fr: "Les 24 h de WhatsApp sont passées et aucun texte approuvé : envoyé par {channel} à la place",
  },
  expired: { en: "Too late to be of use", fr: "Trop tard pour être utile" },
  overtaken: {
    en: "No longer of use: something newer about it was reported",
    fr: "Devenu inutile : du nouveau a été signalé à ce sujet",
  },
  by_reply: {
    en: "No longer wanted: canceled by a reply code",
    fr: "Plus voulu : annulé par un code de réponse",
  },
  unverified_address: {
    en: "The address has not been verified yet",
    fr: "L’adresse n’est pas encore vérifiée",
  },
  no_sender: {
    en: "{channel} delivery not configured",
    fr: "Aucun expéditeur {channel} n’est connecté",
  },
  no_credentials: {
    en: "{channel} credentials not configured",
    fr: "Les identifiants de l’expéditeur {channel} manquent",
  },
  whatsapp_window_closed: {
    en: "More than 24 h since the last WhatsApp message received: an approved template is needed",
    fr: "Plus de 24 h depuis le dernier message WhatsApp reçu : il faut un modèle approuvé",
  },
  opted_out: {
    en: "Unsubscribed from this sender",
    fr: "Désabonné de cet expéditeur",
  },
  type_inactive: {
    en: "This type is switched off in the workspace",
    fr: "Ce type est désactivé dans l’espace",
  },
  muted: {
    en: "Notifications are muted for now",
    fr: "Les notifications sont en sourdine",
  },
  type_off: {
    en: "This type is switched off in the preferences",
    fr: "Ce type est désactivé dans les préférences",
  },
  type_muted: {
    en: "This type is muted for now",
    fr: "Ce type est en sourdine pour le moment",
  },
  read_before_release: {
    en: "Read before it was sent",
    fr: "Lu avant l’envoi",
  },
  category_off: {
    en: "This category is switched off for {channel} in the preferences",
    fr: "Cette catégorie est désactivée pour {channel} dans les préférences",
  },
  channel_off: {
    en: "{channel} is switched off in the preferences",
    fr: "{channel} est désactivé dans les préférences",
  },
  severity_too_low: {
    en: "Below the severity chosen for {channel}",
    fr: "Sous la gravité choisie pour {channel}",
  },
  quiet_hours: {
    en: "Quiet hours: kept until {until}",
    fr: "Heures calmes : gardé jusqu’au {until}",
  },
  outside_working_hours: {
    en: "Outside working hours: kept until {until}",
    fr: "Hors des heures d’ouverture : gardé jusqu’au {until}",
  },
  over_cap: {
    en: "As many as are wanted in an hour have left: kept until {until}",
    fr: "Le maximum par heure est atteint : gardé jusqu’au {until}",
  },
  aggregated: {
    en: "Gathered with others of its type until {until}",
    fr: "Regroupé avec d’autres du même type jusqu’au {until}",
  },
};

type Said = {
  /** A gate's, or any that the outbox gives. */
  reason: string;
  channel: NotificationChannel;
  releaseAt: Date | null;
  /** In whose place the channel is used; null: it was asked for. */
  insteadOf: ReplacedChannel | null;
};

/**
 * Why a delivery has its fate, as people read it.
 *
 * @param zone IANA name of the zone in which the reader reads the clock
 */
export function sentenceOf(said: Said, reader: { locale: Locale; zone: string }): string {
  const sentence = reasonSentence(said, reader);
  if (said.insteadOf === null || said.reason === "instead_of_whatsapp") return sentence;
  return INSTEAD[reader.locale]
    .replace("{channel}", NAMES[said.insteadOf][reader.locale])
    .replace("{sentence}", sentence);
}

/** What became of it on the channel that is used, whatever its fate there. */
const INSTEAD: Saying = {
  en: "In place of {channel}. {sentence}",
  fr: "À la place de {channel}. {sentence}",
};

function reasonSentence(
  { reason, channel, releaseAt }: Said,
  { locale, zone }: { locale: Locale; zone: string },
): string {
  if (reason === "no_address") return ADDRESS[channel][locale];
  const saying = isKnown(reason) ? SAYINGS[reason] : OTHER;
  const until =
    releaseAt === null
      ? ""
      : new Intl.DateTimeFormat(locale, {
          dateStyle: "medium",
          timeStyle: "short",
          timeZone: zone,
        }).format(releaseAt);
  const said = saying[locale]
    .replace("{channel}", NAMES[channel][locale])
    .replace("{until}", until)
    .replace("{reason}", reason);
  return locale === "fr" ? typesetFrench(said) : said;
}

/** What the outbox would not take after all; the reason is one of `POST /messages`. */
const OTHER: Saying = {
  en: "The outbox refused it: {reason}",
  fr: "Refusé à l’envoi : {reason}",
};

function isKnown(reason: string): reason is keyof typeof SAYINGS {
  return Object.hasOwn(SAYINGS, reason);
}
