import type { LabelKey, SenderKey, UserKey } from "./cast";
import { did, fiction, type Line, type Script, them, us } from "./script";

/** Everyday exchanges, played by many: `{0}` is what the person came for. */
type Exchange = { on: SenderKey; label: LabelKey; lines: (by: UserKey, thing: string) => Line[] };

const EXCHANGES: Exchange[] = [
  {
    on: "accueil",
    label: "reparation",
    lines: (by, thing) => [
      them(`Bonjour, combien coûte le changement d’${thing} ?`),
      us(by, "Bonjour, comptez entre 20 et 45 € selon le modèle, pose comprise."),
      them("Faut-il laisser le vélo ?", { after: 14 }),
      us(by, "Une demi-journée, oui."),
      them("Très bien, je passe demain matin."),
      us(by, "Entendu, à demain !", { status: "delivered" }),
    ],
  },
  {
    on: "location",
    label: "location",
    lines: (by, thing) => [
      them(`Bonjour, vous louez aussi ${thing} ?`),
      us(by, "Bonjour, oui, sur réservation."),
      them("Pour dimanche, c’est encore possible ?", { after: 8 }),
      us(by, "Oui, de 10 h à 18 h. Je vous inscris ?"),
      them("Avec plaisir, merci."),
      us(by, "C’est noté. Une pièce d’identité suffira."),
    ],
  },
  {
    on: "accueil",
    label: "facture",
    lines: (by, thing) => [
      them(`Bonjour, puis-je avoir la facture pour ${thing} ?`),
      us(by, "Bonjour, à quel nom ?"),
      them("Au nom de l’entreprise, s’il vous plaît.", { after: 22 }),
      us(by, "Elle vient de partir par courriel.", { media: ["invoice"] }),
      them("Bien reçu, merci !"),
    ],
  },
  {
    on: "location",
    label: "location",
    lines: (by, thing) => [
      us("auto", "Rappel : votre location commence demain à 9 h. À bientôt !"),
      them(`Peut-on y ajouter ${thing} ?`, { quotes: 0, after: 40 }),
      us(by, "Bien sûr, c’est ajouté sans supplément."),
      them("Génial, merci beaucoup"),
      us("auto", "Votre location commence aujourd’hui à 9 h.", { after: 1000 }),
      them("Nous arrivons !", { after: 25 }),
    ],
  },
  {
    on: "accueil",
    label: "reparation",
    lines: (by, thing) => [
      us(by, `Bonjour, ${thing} est prêt. Vous pouvez passer jusqu’à 19 h.`),
      them("Merci, je viens vers 17 h 30.", { after: 33 }),
      us(by, "Très bien. Le total est de 64 €."),
      them("Vous prenez la carte ?"),
      us(by, "Oui, et les chèques vacances."),
      them("Parfait 👍"),
    ],
  },
  {
    on: "accueil",
    label: "reclamation",
    lines: (by, thing) => [
      them(`Bonjour, ${thing} fait encore du bruit après la révision.`),
      us(by, "Bonjour, nous en sommes désolés. Pouvez-vous repasser ?"),
      them("Demain midi ?", { after: 18 }),
      us(by, "Demain midi, nous vous attendons. Ce sera vite réglé."),
      them("Merci. C’était juste une vis, bravo pour l’accueil !", { after: 1480 }),
      us(by, "Merci à vous, bonne route !"),
    ],
  },
];

/** Name, exchange, what it is about, days ago, hour, who answered. */
type Player = [string, number, string, number, `${number}:${number}`, UserKey];

const PLAYERS: Player[] = [
  ["Antoine Leroy", 0, "une chaîne", 1, "18:20", "marc"],
  ["Marie-Pierre Collin", 1, "des remorques pour enfants", 1, "14:45", "ines"],
  ["Youssef Amrani", 4, "votre vélo pliant", 1, "12:10", "marc"],
  ["Valérie Dumont", 2, "la révision de mars", 2, "16:00", "ines"],
  ["Cédric Blanchard", 3, "un siège bébé", 2, "10:05", "ines"],
  ["Isabelle Morel", 5, "le pédalier", 3, "11:40", "lea"],
  ["Romain Guérin", 0, "un câble de frein", 3, "09:30", "marc"],
  ["Fatou Diallo", 1, "des casques", 4, "17:15", "ines"],
  ["Stéphane Lacroix", 4, "le VTT de votre fille", 5, "15:50", "marc"],
  ["Agnès Renaud", 2, "les deux locations d’avril", 5, "11:20", "lea"],
  ["Mathieu Chevalier", 3, "deux sacoches", 6, "08:55", "ines"],
  ["Laurence Schmitt", 0, "une batterie", 7, "14:05", "ines"],
  ["Nicolas Weber", 5, "le moyeu", 8, "10:30", "marc"],
  ["Aïcha Benslimane", 1, "un vélo à assistance", 9, "16:25", "ines"],
  ["Dominique Faure", 4, "votre tandem", 11, "13:35", "lea"],
  ["Quentin Barbier", 2, "le forfait famille", 14, "09:45", "ines"],
];

/** What brought each of them ten days before, in the same order. */
const EARLIER: [number, string][] = [
  [4, "votre vélo de ville"],
  [2, "l’achat du casque"],
  [0, "un pneu"],
  [5, "le pédalier"],
  [1, "des vélos pour adolescents"],
  [2, "la location du 8 mai"],
  [4, "votre vélo de course"],
  [3, "un panier"],
  [0, "une selle"],
  [1, "des antivols"],
  [5, "le frein arrière"],
  [4, "votre vélo électrique"],
  [1, "des porte-vélos"],
  [3, "un gonfleur"],
  [0, "une manette"],
  [5, "la roue avant"],
];

/** Sixteen people who came by in the last two weeks; what is older than three days is resolved. */
export const SHORT_SCRIPTS: Script[] = PLAYERS.flatMap(
  ([name, nth, thing, daysAgo, at, by], index) => {
    const exchange = EXCHANGES[nth];
    const [before, about] = EARLIER[index] ?? [nth, thing];
    const earlier = EXCHANGES[before];
    if (!exchange || !earlier) return [];
    const isResolved = daysAgo > 3;
    return {
      who: { name, number: fiction(30 + index) },
      on: exchange.on,
      ended: { daysAgo, at },
      state: isResolved ? ("resolved" as const) : ("open" as const),
      assignee: by,
      labels: [exchange.label],
      lines: [
        ...earlier.lines(by, about),
        ...later(exchange.lines(by, thing), earlier.lines(by, about).length),
        ...(isResolved ? [did(by, "resolved")] : []),
      ],
    };
  },
);

/** The same lines ten days after what stands before them; what they quote has moved along. */
function later(lines: Line[], by: number): Line[] {
  return lines.map((line, index) => {
    const quotes = "quotes" in line && line.quotes !== undefined ? line.quotes + by : undefined;
    const after = index === 0 ? 10 * 1440 - 130 : line.after;
    return "act" in line ? line : { ...line, after, quotes };
  });
}
