import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { TemplateEditor } from "@/components/templates/template-editor";
import { findLastData, listTemplateVersions } from "@/db/queries/templates";
import { requireViewer } from "@/lib/auth/viewer";
import { findShipped } from "@/lib/domain/templates/template-id";
import { getDeps } from "@/lib/runtime";
import { findTemplate } from "@/lib/templates/find-template";
import { readEditor } from "../read-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("title") };
}

type Props = { params: Promise<{ id: string }> };

export default async function TemplatePage({ params }: Props) {
  const viewer = await requireViewer("admin");
  const { db } = getDeps();
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const of = { workspaceId: viewer.workspaceId, id };
  const template = await findTemplate(db, of);
  if (!template) notFound();
  const [surroundings, versions, lastData] = await Promise.all([
    readEditor(viewer),
    listTemplateVersions(db, of),
    findLastData(db, { workspaceId: viewer.workspaceId, template }),
  ]);
  const shipped = findShipped(viewer.workspaceId, id);
  const { name, event, channel, locale, subject, body, isActive, variables, approved } = template;
  return (
    <TemplateEditor
      // What was saved meanwhile is shown when the page is read afresh.
      key={template.version}
      id={id}
      version={template.version}
      template={{ name, event, channel, locale, subject, body, isActive, variables, approved }}
      lastData={lastData}
      versions={[
        ...versions.map(({ savedAt, ...one }) => ({ ...one, savedAt: savedAt.toISOString() })),
        ...(shipped ? [{ ...shipped, version: 0, savedAt: null, savedBy: null }] : []),
      ].map((one) => ({
        version: one.version,
        name: one.name,
        subject: one.subject,
        body: one.body,
        isActive: one.isActive,
        savedAt: one.savedAt,
        savedBy: one.savedBy,
      }))}
      surroundings={surroundings}
    />
  );
}
