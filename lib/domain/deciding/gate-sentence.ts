import type { Locale } from "../words";
import type { Gate, OpenReason } from "./gates";

const GATE_NAMES: Readonly<Record<Gate, Record<Locale, string>>> = {
  address: { en: "Address", fr: "Adresse" },
  sender: { en: "Sender", fr: "Expéditeur" },
  consent: { en: "Consent", fr: "Consentement" },
  choice: { en: "Preferences", fr: "Préférences" },
  severity: { en: "Severity", fr: "Gravité" },
  quiet_hours: { en: "Quiet hours", fr: "Heures calmes" },
  working_hours: { en: "Working hours", fr: "Heures d’ouverture" },
  cap: { en: "Alerts an hour", fr: "Alertes par heure" },
  aggregation: { en: "Gathering", fr: "Regroupement" },
};

const OPEN: Readonly<Record<OpenReason, Record<Locale, string>>> = {
  passed: { en: "nothing stands in the way", fr: "rien ne s’y oppose" },
  critical: { en: "passed, since it is critical", fr: "passe, car critique" },
  time_sensitive: {
    en: "passed, since it is of no use later",
    fr: "passe, car inutile plus tard",
  },
  immediate: {
    en: "passed, since it was asked to leave at once",
    fr: "passe, car l’envoi immédiat est demandé",
  },
};

/** A gate as people read it. */
export function gateName(gate: Gate, locale: Locale): string {
  return GATE_NAMES[gate][locale];
}

/** Why a gate let a notification through, as people read it. */
export function openSentence(reason: OpenReason, locale: Locale): string {
  return OPEN[reason][locale];
}
