/** What a message says about being written to. */
export type OptOutReading = {
  kind: "opt_out" | "opt_in" | "help" | "probable_stop";
  /** The words as received (cut to 160 characters): the ledger's proof. */
  words: string;
};

const STOP_WORDS = new Set(
  "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE ARRET ARRETE DESABONNER".split(" "),
);
const START_WORDS = new Set(["START", "UNSTOP", "REPRENDRE"]);
const HELP_WORDS = new Set(["HELP", "INFO", "AIDE", "CONTACT"]);

/** Words that mean a stop even beside others, at the beginning or the end of a short text. */
const STRONG_STOPS = new Set(
  "STOP STOPALL STOPSMS UNSUBSCRIBE OPTOUT DESABONNER DESABONNEZ DESINSCRIRE DESINSCRIPTION".split(
    " ",
  ),
);
const STOP_PHRASES =
  /\b(?:NE M ?(?:ENVOYEZ|ECRIVEZ|CONTACTEZ) PLUS|ARRETEZ DE M|PLUS DE (?:SMS|MESSAGES?)|STOP (?:TEXTING|MESSAGING|SENDING)|DO NOT (?:TEXT|CONTACT) ME|DON ?T TEXT ME)/;

/**
 * Reads consent words. A keyword counts only as the lone word of the message, whatever its case,
 * accents and punctuation; `optOutType` (Twilio's Advanced Opt-Out: STOP, START or HELP) wins over
 * the text. "Stop, merci" is no keyword but a probable stop. Returns null for everything else.
 */
export function readOptOut(body: string, optOutType: string | null): OptOutReading | null {
  const words = body.trim().slice(0, 160);
  const folded = foldWords(body);
  const kind = byProvider(optOutType) ?? byWord(folded) ?? byPhrase(folded);
  return kind ? { kind, words } : null;
}

function byProvider(optOutType: string | null) {
  const type = optOutType?.trim().toUpperCase();
  if (type === "STOP") return "opt_out";
  if (type === "START") return "opt_in";
  if (type === "HELP") return "help";
  return null;
}

function byWord(word: string) {
  if (STOP_WORDS.has(word)) return "opt_out";
  if (START_WORDS.has(word)) return "opt_in";
  if (HELP_WORDS.has(word)) return "help";
  return null;
}

function byPhrase(folded: string) {
  const words = folded.split(" ");
  if (words.length < 2) return null;
  const edges = [words[0] ?? "", words.at(-1) ?? ""];
  const isShort = words.length <= 5;
  if (isShort && edges.some((word) => STRONG_STOPS.has(word))) return "probable_stop";
  return STOP_PHRASES.test(folded) ? "probable_stop" : null;
}

/** Upper case, no accents; apostrophes and dashes part words, other punctuation and emoji vanish. */
function foldWords(text: string): string {
  return text
    .slice(0, 400)
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, " ")
    .replace(/[\p{P}\p{S}]/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toUpperCase();
}
