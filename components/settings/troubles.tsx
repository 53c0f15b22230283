import { getTranslations } from "next-intl/server";

const CARDS = ["credentials", "number", "inbound", "outbound"] as const;

/** R412–R415 in plain words: what is wrong, and how to find out. */
export async function Troubles() {
  const t = await getTranslations("settings.troubles");
  return (
    <div className="flex flex-col gap-2">
      {CARDS.map((card) => (
        <details key={card} className="rounded-md border border-line">
          <summary className="select-none px-3 py-2 font-medium text-sm">
            {t(`${card}.title`)}
          </summary>
          <p className="border-line border-t px-3 py-2 text-muted text-sm">{t(`${card}.text`)}</p>
        </details>
      ))}
    </div>
  );
}
