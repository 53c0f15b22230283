import {
  LINK_AFTER_TEXT,
  LINK_BELOW_TEXT,
  linkParagraph,
  paragraphs,
  type Wording,
  type Wordings,
} from "./wording";

/** One text for all: the system that raises an alert gives its title and message (R019). */
const SMS = {
  fr: `{{ title }} : {{ message }}${LINK_AFTER_TEXT}`,
  en: `{{ title }}: {{ message }}${LINK_AFTER_TEXT}`,
};

const SEVERITY_FR =
  '{% case severity %}{% when "critical" %}critique{% when "high" %}élevée{% when "medium" %}moyenne{% else %}faible{% endcase %}';
const SEVERITY_EN =
  '{% case severity %}{% when "critical" %}critical{% when "high" %}high{% when "medium" %}medium{% else %}low{% endcase %}';

/** @param advice what its reader had better do */
function french(advice: string): Wording {
  return {
    sms: SMS.fr,
    whatsapp: `*{{ title }}*\n{{ message }}\n${advice}${LINK_BELOW_TEXT}`,
    email: {
      subject: `{{ title }} (gravité ${SEVERITY_FR})`,
      body:
        paragraphs(
          "<strong>{{ title }}</strong>",
          "{{ message }}",
          `Gravité ${SEVERITY_FR}, signalée le {{ occurred_at }}.`,
          advice,
        ) + linkParagraph("Voir l’alerte"),
    },
  };
}

/** @param advice what its reader had better do */
function english(advice: string): Wording {
  return {
    sms: SMS.en,
    whatsapp: `*{{ title }}*\n{{ message }}\n${advice}${LINK_BELOW_TEXT}`,
    email: {
      subject: `{{ title }} (${SEVERITY_EN} severity)`,
      body:
        paragraphs(
          "<strong>{{ title }}</strong>",
          "{{ message }}",
          `Severity ${SEVERITY_EN}, reported on {{ occurred_at }}.`,
          advice,
        ) + linkParagraph("See the alert"),
    },
  };
}

export const SECURITY_ALERT_WORDINGS = {
  "security.suspicious_object": {
    fr: french("Gardez vos distances et vérifiez l’image avant d’intervenir."),
    en: english("Keep your distance and check the picture before you step in."),
  },
  "security.anomaly": {
    fr: french("Ce comportement sort de l’ordinaire. Merci de le vérifier."),
    en: english("This is out of the ordinary. Please take a look."),
  },
  "security.high_frequency": {
    fr: french("Les détections se multiplient. Merci de vérifier ce qui se passe sur place."),
    en: english("Detections are piling up. Please check what is happening on site."),
  },
  "security.off_hours": {
    fr: french("Personne n’est attendu à cette heure. Merci de vérifier qui est sur place."),
    en: english("Nobody is expected at this hour. Please check who is on site."),
  },
} as const satisfies Record<string, Wordings>;
