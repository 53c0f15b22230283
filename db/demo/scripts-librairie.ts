import { did, fiction, type Script, them, us } from "./script";

/** The second workspace: a small bookshop. Its customers are its own, one number is known to both. */
export const LIBRAIRIE_SCRIPTS: Script[] = [
  {
    who: { name: "Claire V.", number: fiction(1), notes: "Fleuriste du quai." },
    on: "librairie",
    ended: { minutesAgo: 33 },
    unread: 1,
    lines: [
      them("Bonjour, avez-vous reçu le dernier roman policier que j’avais réservé ?"),
      us("hugo", "Bonjour Claire, il arrive jeudi. Je vous écris dès qu’il est là."),
      them("Merci ! Pouvez-vous en garder deux exemplaires ?", { after: 11 }),
    ],
  },
  {
    who: { name: "Jeanne Tissier", number: fiction(61) },
    on: "librairie",
    ended: { minutesAgo: 150 },
    assignee: "hugo",
    lines: [
      us("hugo", "Votre commande est arrivée, elle vous attend au comptoir."),
      them("Formidable, je passe samedi.", { after: 18 }),
      us("hugo", "À samedi !"),
    ],
  },
  {
    who: { name: "École du Port", number: fiction(62), company: "École du Port" },
    on: "librairie",
    ended: { daysAgo: 1, at: "15:25" },
    lines: [
      them("Bonjour, il nous faudrait 24 exemplaires du même album pour la rentrée."),
      us("lea", "Bonjour, avec plaisir : délai d’une semaine environ."),
      them("C’est parfait, merci.", { after: 9 }),
    ],
  },
  {
    who: { name: "Ahmed Saïdi", number: fiction(63) },
    on: "librairie",
    ended: { daysAgo: 3, at: "10:50" },
    state: "resolved",
    assignee: "hugo",
    lines: [
      them("Vous êtes ouverts le lundi ?"),
      us("hugo", "Oui, de 14 h à 19 h."),
      them("Merci"),
      did("hugo", "resolved"),
    ],
  },
];
