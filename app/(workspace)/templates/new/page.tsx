import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateEditor } from "@/components/templates/template-editor";
import { requireViewer } from "@/lib/auth/viewer";
import { CUSTOM_EVENT } from "@/lib/domain/templates/template";
import { readEditor } from "../read-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("new") };
}

export default async function NewTemplatePage() {
  const viewer = await requireViewer("admin");
  return (
    <TemplateEditor
      id={null}
      version={0}
      template={{
        name: "",
        event: CUSTOM_EVENT,
        channel: "sms",
        locale: viewer.workspace.locale,
        subject: null,
        body: "",
        isActive: true,
        variables: [],
        approved: {},
      }}
      lastData={null}
      versions={[]}
      surroundings={await readEditor(viewer)}
    />
  );
}
