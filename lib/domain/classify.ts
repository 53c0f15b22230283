import type { OptOutReading } from "./opt-out";
import type { MessageKind, Priority } from "./words";

/** What the rules look at. */
export type ClassifiableMessage = {
  body: string;
  kind: MessageKind;
  mediaCount: number;
  optOut: OptOutReading["kind"] | null;
};

/** A workspace's own rule: the first whose words stand in the message decides before the built-in ones. */
export type ClassificationRule = {
  id: string;
  /** Words or phrases; case and accents do not matter. One of them is enough. */
  words: readonly string[];
  wakes?: boolean;
  priority?: Priority;
  /** Names of labels to add. */
  labels?: readonly string[];
};

export type Classification = {
  /** May it reopen and call for attention? A new conversation opens in any case. */
  wakes: boolean;
  /** At least this priority from now on; null: no say. */
  priority: Priority | null;
  labels: readonly string[];
  /** The rule that decided and the words it saw: `courtesy`, `urgent`, `workspace:<id>` … */
  why: { rule: string; words?: string };
};

const phrases = (text: string) => text.split("|");

/** French and English ways to close a talk. Folded: no accents, no apostrophes, lower case. */
const COURTESY = phrases(
  "merci|merci beaucoup|merci bien|merci bcp|merci infiniment|mille mercis|grand merci|un grand merci|" +
    "encore merci|je vous remercie|remerciements|mrc|ok|okay|oki|d accord|dac|dacc|parfait|parfaitement|" +
    "super|top|genial|nickel|excellent|impeccable|tres bien|bien recu|bien note|c est note|note|entendu|" +
    "c est parfait|c est gentil|de rien|avec plaisir|je vous en prie|pas de souci|pas de soucis|" +
    "bonne journee|bonne soiree|bonne fin de journee|bonne nuit|bon week end|bon weekend|bonne semaine|" +
    "excellente journee|belle journee|belle soiree|a bientot|a demain|a tout a l heure|a plus|au revoir|" +
    "cordialement|bien cordialement|bien a vous|salutations|" +
    "thanks|thank you|thank you so much|thank you very much|many thanks|thanks a lot|thx|ty|cheers|" +
    "great|perfect|got it|noted|cool|awesome|excellent|wonderful|sounds good|all good|no problem|" +
    "no worries|you re welcome|youre welcome|my pleasure|understood|will do|" +
    "have a nice day|have a good day|have a great day|have a good one|have a nice evening|" +
    "good night|good evening|bye|goodbye|see you|see you soon|see you tomorrow|best regards|kind regards|regards",
);
/** May stand beside courtesy, but are none by themselves. */
const FILLERS = phrases(
  "pour tout|pour votre aide|pour votre reponse|pour l info|a vous|a vous aussi|vous aussi|a toi|" +
    "madame|monsieur|beaucoup|bien|et|and|so much|very much|you too|for your help|for everything|then|alors|donc",
);
/** Signs that add nothing: thumbs, smiles, hearts, hands, flowers. */
const KIND_SIGNS = new Set([
  ..."👍👌🙏😊🙂😀😃😄😁😉☺❤💙💚💛🧡💜🤍💕🤝✅👏🎉🥰😍😘💪✌🤗🌸🌹💐🌞☀✨",
]);

const courtesyWords = new Set(COURTESY);
const anyWords = new Set([...COURTESY, ...FILLERS]);
const longestPhrase = Math.max(...[...anyWords].map((phrase) => phrase.split(" ").length));

const URGENT =
  /\b(?:urgent|urgente|urgents|urgentes|urgence|urgences|urgently|emergency|immediatement|immediately|au secours|right now|tout de suite)\b/;
const PRESSING = /\b(?:au plus vite|le plus vite possible|as soon as possible|asap)\b/;
const NOT_URGENT =
  /\b(?:pas|rien d|rien de|aucune|sans|not|no|non|nothing|isn t)\s+(?:\w+\s+)?(?:urgent|urgente|urgence|emergency)\b/g;

/**
 * Decides what an inbound message does to its conversation: workspace rules first, then courtesy
 * (never wakes), urgent words (raise the priority); anything else opens. Domain rules, "Inbound".
 */
export function classify(
  message: ClassifiableMessage,
  rules: readonly ClassificationRule[],
): Classification {
  const words = foldToWords(message.body);
  return (
    byWorkspace(words, rules) ??
    byConsent(message) ??
    byCourtesy(message, words) ??
    byUrgency(words)
  );
}

function byWorkspace(words: string, rules: readonly ClassificationRule[]): Classification | null {
  const padded = ` ${words} `;
  for (const rule of rules) {
    const seen = rule.words.find((word) => padded.includes(` ${foldToWords(word)} `));
    if (seen === undefined) continue;
    return {
      wakes: rule.wakes ?? true,
      priority: rule.priority ?? null,
      labels: rule.labels ?? [],
      why: { rule: `workspace:${rule.id}`, words: seen },
    };
  }
  return null;
}

function byConsent({ optOut, body }: ClassifiableMessage): Classification | null {
  if (optOut === null) return null;
  return opens({ rule: optOut, words: body.trim().slice(0, 60) });
}

function byCourtesy(message: ClassifiableMessage, words: string): Classification | null {
  if (message.kind !== "text" || message.mediaCount > 0) return null;
  if (message.body.length > 120 || message.body.includes("?")) return null;
  if (!hasOnlyKindSigns(message.body) || !isCourtesy(words, message.body)) return null;
  return {
    wakes: false,
    priority: null,
    labels: [],
    why: { rule: "courtesy", words: message.body.trim().slice(0, 60) },
  };
}

function byUrgency(words: string): Classification {
  const affirmed = words.replace(NOT_URGENT, " ");
  const urgent = URGENT.exec(affirmed);
  if (urgent) return { ...opens({ rule: "urgent", words: urgent[0] }), priority: "urgent" };
  const pressing = PRESSING.exec(affirmed);
  if (pressing) return { ...opens({ rule: "urgent", words: pressing[0] }), priority: "high" };
  return opens({ rule: "message" });
}

function opens(why: Classification["why"]): Classification {
  return { wakes: true, priority: null, labels: [], why };
}

/** Words made of courtesy and fillers only, at least one of them courtesy; or kind signs alone. */
function isCourtesy(words: string, body: string): boolean {
  if (words === "") return body.trim() !== "" && hasSign(body);
  let rest = words.split(" ");
  let isKind = false;
  while (rest.length > 0) {
    const length = longestKnown(rest);
    if (length === 0) return false;
    isKind ||= courtesyWords.has(rest.slice(0, length).join(" "));
    rest = rest.slice(length);
  }
  return isKind;
}

function longestKnown(words: readonly string[]): number {
  for (let length = Math.min(longestPhrase, words.length); length > 0; length--) {
    if (anyWords.has(words.slice(0, length).join(" "))) return length;
  }
  return 0;
}

const SIGN = /\p{Extended_Pictographic}/gu;

function hasSign(text: string): boolean {
  return text.search(SIGN) >= 0;
}

function hasOnlyKindSigns(text: string): boolean {
  return (text.match(SIGN) ?? []).every((sign) => KIND_SIGNS.has(sign));
}

/** Lower-case words without accents, parted by one space; everything that is no letter or digit parts. */
function foldToWords(text: string): string {
  return text
    .slice(0, 2000)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
