import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { TemplateEditor } from "@/components/templates/template-editor";
import { requireViewer } from "@/lib/auth/viewer";
import { CUSTOM_EVENT, variablesOfType } from "@/lib/domain/templates/template";
import { CHANNELS, LOCALES } from "@/lib/domain/words";
import { readEditor } from "../read-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("new") };
}

/** Where it is to stand, as a link may say it; what it cannot say falls back to a custom SMS. */
const asked = z.object({
  event: z.string().catch(CUSTOM_EVENT),
  channel: z.enum(CHANNELS).catch("sms"),
  locale: z.enum(LOCALES).nullable().catch(null),
});

type Props = { searchParams: Promise<Record<string, unknown>> };

export default async function NewTemplatePage({ searchParams }: Props) {
  const viewer = await requireViewer("admin");
  const { event, channel, locale } = asked.parse(await searchParams);
  const surroundings = await readEditor(viewer);
  const type = surroundings.ownTypes.find(({ key }) => key === event);
  const place = { channel, locale: locale ?? viewer.workspace.locale };
  return (
    <TemplateEditor
      id={null}
      version={0}
      template={{
        name: type?.name ?? "",
        event: type?.key ?? CUSTOM_EVENT,
        ...place,
        subject: channel === "email" ? "" : null,
        body: "",
        isActive: true,
        variables: type ? variablesOfType(type, place) : [],
        approved: {},
      }}
      lastData={null}
      versions={[]}
      surroundings={surroundings}
    />
  );
}
