import {
  HELLO,
  LINK_AFTER_TEXT,
  LINK_BELOW_TEXT,
  linkParagraph,
  paragraphs,
  type Wording,
  type Wordings,
} from "./wording";

/** In an SMS the month is a number: one `û` of `août` would double the price of all. */
const SHORT_DAY_FR = "{{ due | date: '%A %d/%m' }}";
const DAY_FR = "{{ due | date: '%A %-d %B' }}";
const DAY_EN = "{{ due | date: '%A, %B %-d' }}";
const HOUR_FR = "{{ due | date: '%H:%M' }}";
const HOUR_EN = "{{ due | date: '%-I:%M %p' }}";

type Said = {
  subject: string;
  /** What it is about, and what its reader is asked to do. */
  news: string;
  request: string;
  /** In the cheap alphabet. */
  sms: string;
};

function french({ subject, news, request, sms }: Said): Wording {
  return {
    sms: `${HELLO.fr} ${sms}${LINK_AFTER_TEXT}`,
    whatsapp: `${HELLO.fr}\n${news}\n${request}${LINK_BELOW_TEXT}`,
    email: {
      subject,
      body: paragraphs(HELLO.fr, news, request) + linkParagraph("Voir le prêt"),
    },
  };
}

function english({ subject, news, request, sms }: Said): Wording {
  return {
    sms: `${HELLO.en} ${sms}${LINK_AFTER_TEXT}`,
    whatsapp: `${HELLO.en}\n${news}\n${request}${LINK_BELOW_TEXT}`,
    email: { subject, body: paragraphs(HELLO.en, news, request) + linkParagraph("See the loan") },
  };
}

/** R302–R310: the seven texts of a loan. */
export const EQUIPMENT_LOAN_WORDINGS = {
  "loan.assigned": {
    fr: french({
      subject: `{{ item_name }} : à rendre le ${DAY_FR}`,
      news: "Nous vous avons remis le matériel suivant : {{ item_name }}.",
      request: `Merci de le rendre au plus tard le ${DAY_FR}.`,
      sms: `nous vous avons remis : {{ item_name }}. Merci de rendre ce matériel au plus tard le ${SHORT_DAY_FR}.`,
    }),
    en: english({
      subject: `{{ item_name }}: due back on ${DAY_EN}`,
      news: "We have lent you the following equipment: {{ item_name }}.",
      request: `Please return it by ${DAY_EN}.`,
      sms: `we have lent you: {{ item_name }}. Please return it by ${DAY_EN}.`,
    }),
  },
  "loan.returned": {
    fr: french({
      subject: "{{ item_name }} : retour enregistré",
      news: "Nous avons enregistré le {{ occurred_at }} le retour du matériel suivant : {{ item_name }}.",
      request: "Vous n’avez plus rien à faire. Merci !",
      sms: "le retour est enregistré : {{ item_name }}. Merci !",
    }),
    en: english({
      subject: "{{ item_name }}: return recorded",
      news: "On {{ occurred_at }} we recorded the return of the following equipment: {{ item_name }}.",
      request: "There is nothing more for you to do. Thank you!",
      sms: "we have recorded the return of: {{ item_name }}. Thank you!",
    }),
  },
  "loan.due_in_2_days": {
    fr: french({
      subject: "{{ item_name }} : à rendre dans 2 jours",
      news: "Un petit rappel pour le matériel que vous avez emprunté : {{ item_name }}.",
      request: `Merci de le rendre dans 2 jours, le ${DAY_FR}.`,
      sms: `un petit rappel : {{ item_name }}, à rendre dans 2 jours, le ${SHORT_DAY_FR}. Merci !`,
    }),
    en: english({
      subject: "{{ item_name }}: due back in 2 days",
      news: "A little reminder about the equipment that you borrowed: {{ item_name }}.",
      request: `Please return it in 2 days, on ${DAY_EN}.`,
      sms: `a little reminder: {{ item_name }} is due back in 2 days, on ${DAY_EN}. Thank you!`,
    }),
  },
  "loan.due_tomorrow": {
    fr: french({
      subject: "{{ item_name }} : à rendre demain",
      news: "Un petit rappel pour le matériel que vous avez emprunté : {{ item_name }}.",
      request: `Merci de le rendre demain, ${DAY_FR}.`,
      sms: `un petit rappel : {{ item_name }}, à rendre demain, ${SHORT_DAY_FR}. Merci !`,
    }),
    en: english({
      subject: "{{ item_name }}: due back tomorrow",
      news: "A little reminder about the equipment that you borrowed: {{ item_name }}.",
      request: `Please return it tomorrow, ${DAY_EN}.`,
      sms: `a little reminder: {{ item_name }} is due back tomorrow, ${DAY_EN}. Thank you!`,
    }),
  },
  "loan.due_today": {
    fr: french({
      subject: "{{ item_name }} : à rendre aujourd’hui",
      news: "Le matériel que vous avez emprunté est attendu aujourd’hui : {{ item_name }}.",
      request: `Merci de le rendre ce ${DAY_FR}.`,
      sms: `{{ item_name }} est à rendre aujourd'hui, ${SHORT_DAY_FR}. Merci !`,
    }),
    en: english({
      subject: "{{ item_name }}: due back today",
      news: "The equipment that you borrowed is due back today: {{ item_name }}.",
      request: `Please return it today, ${DAY_EN}.`,
      sms: `{{ item_name }} is due back today, ${DAY_EN}. Thank you!`,
    }),
  },
  "loan.due_in_2_hours": {
    fr: french({
      subject: `{{ item_name }} : à rendre avant ${HOUR_FR}`,
      news: "Le matériel que vous avez emprunté est attendu dans 2 heures : {{ item_name }}.",
      request: `Merci de le rendre avant ${HOUR_FR}.`,
      sms: `{{ item_name }} est à rendre dans 2 heures, avant ${HOUR_FR}. Merci !`,
    }),
    en: english({
      subject: `{{ item_name }}: due back by ${HOUR_EN}`,
      news: "The equipment that you borrowed is due back in 2 hours: {{ item_name }}.",
      request: `Please return it by ${HOUR_EN}.`,
      sms: `{{ item_name }} is due back in 2 hours, by ${HOUR_EN}. Thank you!`,
    }),
  },
  "loan.overdue": {
    fr: french({
      subject: "{{ item_name }} : retour en retard",
      news: `Le matériel suivant était attendu le ${DAY_FR} : {{ item_name }}.`,
      request: "Merci de le rendre dès que possible. S’il y a un souci, parlez-nous-en.",
      sms: `{{ item_name }} : retour attendu le ${SHORT_DAY_FR}. Merci de rendre ce matériel dès que possible.`,
    }),
    en: english({
      subject: "{{ item_name }}: overdue",
      news: `The following equipment was due back on ${DAY_EN}: {{ item_name }}.`,
      request: "Please return it as soon as you can. If there is a problem, tell us.",
      sms: `{{ item_name }} was due back on ${DAY_EN}. Please return it as soon as you can.`,
    }),
  },
} as const satisfies Record<string, Wordings>;
