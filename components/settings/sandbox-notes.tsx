import { getTranslations } from "next-intl/server";

const STEPS = ["open", "join", "days", "real"] as const;

/** R111, R315: how Twilio's WhatsApp sandbox is joined, and what it cannot do. */
export async function SandboxNotes() {
  const t = await getTranslations("settings.sandbox");
  return (
    <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm marker:text-subtle">
      {STEPS.map((step) => (
        <li key={step}>{t(step)}</li>
      ))}
    </ol>
  );
}
