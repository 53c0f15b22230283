import type { AddressKind, Channel, Locale } from "./words";

/** How long a code works, seconds, and how many wrong ones may be entered. */
export const CODE_SECONDS = 600;
export const CODE_TRIES = 5;

/** Six digits of a random URL-safe token of at least 11 characters, every code as likely as any other. */
export function codeOf(token: string): string {
  const number = Buffer.from(token, "base64url").readBigUInt64BE(0) % 1_000_000n;
  return number.toString().padStart(6, "0");
}

/** By what a code reaches an address. */
export const CHANNEL_OF_KIND: Readonly<Record<AddressKind, Channel>> = {
  phone: "sms",
  whatsapp: "whatsapp",
  email: "email",
};

type CodeWords = {
  subject: string;
  text: string;
  /** What everybody else sees in the place of the text. */
  standIn: string;
};

/** One SMS segment; the code comes first, where phones show it without being unlocked to read on. */
export function codeWords(locale: Locale, code: string): CodeWords {
  return locale === "fr"
    ? {
        subject: "Votre code de vérification",
        text: `${code} est votre code Carillon. Il sert une fois, pendant 10 minutes. Ne le donnez à personne.`,
        standIn: "Un code de vérification. Seul son destinataire le voit.",
      }
    : {
        subject: "Your verification code",
        text: `${code} is your Carillon code. It works once, for 10 minutes. Give it to nobody.`,
        standIn: "A verification code. Only its recipient sees it.",
      };
}
