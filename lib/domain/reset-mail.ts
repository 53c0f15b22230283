import type { Locale } from "./words";

type ResetMail = {
  subject: string;
  text: string;
  html: string;
  /** What everybody else sees in the place of the text. */
  standIn: string;
};

const WORDS: Record<Locale, Record<"subject" | "lead" | "button" | "rest" | "standIn", string>> = {
  en: {
    subject: "Choose a new password",
    lead: "Somebody, most likely you, asked for a new password for your Carillon account.",
    button: "Choose a new password",
    rest: "The link works once, for one hour. If it was not you, do nothing: your password stays as it is.",
    standIn: "A link to choose a new password. Only its recipient sees it.",
  },
  fr: {
    subject: "Choisissez un nouveau mot de passe",
    lead: "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Carillon.",
    button: "Choisir un nouveau mot de passe",
    rest: "Le lien sert une fois, pendant une heure. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.",
    standIn: "Un lien pour choisir un nouveau mot de passe. Seul son destinataire le voit.",
  },
};

/** @param link holds no character that HTML would read as its own: an origin and a URL-safe token. */
export function resetMail(locale: Locale, link: string): ResetMail {
  const { subject, lead, button, rest, standIn } = WORDS[locale];
  const paragraph = (inner: string) => `<p style="margin:0 0 16px">${inner}</p>`;
  const anchor = `<a href="${link}" style="display:inline-block;padding:10px 16px;border-radius:8px;background:#0f766e;color:#ffffff;text-decoration:none">${button}</a>`;
  return {
    subject,
    standIn,
    text: `${lead}\n\n${link}\n\n${rest}`,
    html: `<div style="max-width:560px;font:15px/1.5 sans-serif;color:#111827">${paragraph(lead)}${paragraph(anchor)}${paragraph(rest)}</div>`,
  };
}
