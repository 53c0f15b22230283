import type { Locale } from "../words";

type Mail = {
  /** Plain text. */
  title: string;
  /** HTML of a template, in which every value is escaped already. */
  content: string;
  locale: Locale;
};

const NO_REPLY: Record<Locale, string> = {
  en: "This address is not read: answers to it arrive nowhere.",
  fr: "Cette adresse n’est pas lue : une réponse n’arrive nulle part.",
};

/** One column that every mail program shows, on a phone too; colours that hold on light and dark. */
export function emailLayout({ title, content, locale }: Mail): string {
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7">
<div style="max-width:560px;margin:0 auto;padding:24px;border-radius:12px;background:#ffffff;color:#111827;font:15px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif">
${content}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e5e7eb;color:#6b7280;font-size:12px">${NO_REPLY[locale]}</p>
</div>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
