import { HELLO, paragraphs, type Wordings } from "./wording";

const BY_FR = '{% if agent_name != "" %} par {{ agent_name }}{% endif %}';
const BY_EN = '{% if agent_name != "" %} by {{ agent_name }}{% endif %}';

/** R119–R121: the three texts of a queue. */
export const QUEUE_TICKET_WORDINGS = {
  "ticket.created": {
    fr: {
      sms: `${HELLO.fr} votre ticket {{ ticket_number }} est enregistré. Service {{ service_name }}, file {{ queue_name }}. Attente estimée : {{ eta_minutes }} min. Nous vous préviendrons peu avant votre tour.`,
      whatsapp: `${HELLO.fr}\nVotre ticket *{{ ticket_number }}* est enregistré.\nService {{ service_name }}, file {{ queue_name }}.\nAttente estimée à *{{ eta_minutes }} min*. Nous vous préviendrons peu avant votre tour.`,
      email: {
        subject: "Votre ticket {{ ticket_number }} est enregistré",
        body: paragraphs(
          HELLO.fr,
          "Votre ticket <strong>{{ ticket_number }}</strong> est enregistré.",
          "Service {{ service_name }}, file {{ queue_name }}. L’attente est estimée à {{ eta_minutes }} min.",
          "Nous vous préviendrons peu avant votre tour.",
        ),
      },
    },
    en: {
      sms: `${HELLO.en} your ticket is {{ ticket_number }}. Service {{ service_name }}, queue {{ queue_name }}. Estimated wait: {{ eta_minutes }} min. We will let you know shortly before your turn.`,
      whatsapp: `${HELLO.en}\nYour ticket is *{{ ticket_number }}*.\nService {{ service_name }}, queue {{ queue_name }}.\nEstimated wait: *{{ eta_minutes }} min*. We will let you know shortly before your turn.`,
      email: {
        subject: "Your ticket is {{ ticket_number }}",
        body: paragraphs(
          HELLO.en,
          "Your ticket is <strong>{{ ticket_number }}</strong>.",
          "Service {{ service_name }}, queue {{ queue_name }}. The estimated wait is {{ eta_minutes }} min.",
          "We will let you know shortly before your turn.",
        ),
      },
    },
  },
  "ticket.almost_called": {
    fr: {
      sms: `${HELLO.fr} c'est presque à vous : votre ticket {{ ticket_number }} sera appelé dans environ 5 min. Merci de vous rapprocher.`,
      whatsapp: `${HELLO.fr}\nC’est presque à vous. Votre ticket *{{ ticket_number }}* sera appelé dans environ 5 minutes. Merci de vous rapprocher.`,
      email: {
        subject: "C’est presque à vous, ticket {{ ticket_number }}",
        body: paragraphs(
          HELLO.fr,
          "Votre ticket <strong>{{ ticket_number }}</strong> sera appelé dans environ 5 minutes.",
          "Merci de vous rapprocher.",
        ),
      },
    },
    en: {
      sms: `${HELLO.en} it is almost your turn: ticket {{ ticket_number }} will be called in about 5 min. Please come closer.`,
      whatsapp: `${HELLO.en}\nIt is almost your turn. Ticket *{{ ticket_number }}* will be called in about 5 minutes. Please come closer.`,
      email: {
        subject: "It is almost your turn, ticket {{ ticket_number }}",
        body: paragraphs(
          HELLO.en,
          "Your ticket <strong>{{ ticket_number }}</strong> will be called in about 5 minutes.",
          "Please come closer.",
        ),
      },
    },
  },
  "ticket.called": {
    fr: {
      sms: `${HELLO.fr} c'est à vous ! Votre ticket {{ ticket_number }} est appelé${BY_FR}. Merci de vous présenter maintenant.`,
      whatsapp: `${HELLO.fr}\nC’est à vous. Votre ticket *{{ ticket_number }}* est appelé${BY_FR}. Merci de vous présenter maintenant.`,
      email: {
        subject: "C’est à vous, ticket {{ ticket_number }}",
        body: paragraphs(
          HELLO.fr,
          `Votre ticket <strong>{{ ticket_number }}</strong> est appelé${BY_FR}.`,
          "Merci de vous présenter maintenant.",
        ),
      },
    },
    en: {
      sms: `${HELLO.en} it is your turn! Ticket {{ ticket_number }} is being called${BY_EN}. Please come now.`,
      whatsapp: `${HELLO.en}\nIt is your turn. Ticket *{{ ticket_number }}* is being called${BY_EN}. Please come now.`,
      email: {
        subject: "It is your turn, ticket {{ ticket_number }}",
        body: paragraphs(
          HELLO.en,
          `Your ticket <strong>{{ ticket_number }}</strong> is being called${BY_EN}.`,
          "Please come now.",
        ),
      },
    },
  },
} as const satisfies Record<string, Wordings>;
