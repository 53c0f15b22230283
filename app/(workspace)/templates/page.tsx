import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { TemplateList } from "@/components/templates/template-list";
import { Button } from "@/components/ui/button";
import { findTemplateUsage } from "@/db/queries/templates";
import { requireViewer } from "@/lib/auth/viewer";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { listTemplates } from "@/lib/templates/find-template";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("title") };
}

/** What is said about each event, by channel and language: as shipped, or in the workspace's words. */
export default async function TemplatesPage() {
  const { workspaceId, user, workspace } = await requireViewer("admin");
  const { db } = getDeps();
  const [t, templates, types] = await Promise.all([
    getTranslations("templates"),
    listTemplates(db, workspaceId),
    readTypes(db, workspaceId),
  ]);
  const ids = templates.map(({ id }) => id);
  const usage = await findTemplateUsage(db, { workspaceId, ids });
  const byId = new Map(usage.map((one) => [one.templateId, one]));
  const reader = user.locale ?? workspace.locale;
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-5xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle
          title={t("title")}
          lead={t("lead")}
          action={
            <Button asChild variant="primary">
              <Link href="/templates/new">
                <Plus aria-hidden />
                {t("new")}
              </Link>
            </Button>
          }
        />
        <TemplateList
          templates={templates.map(({ id, name, event, channel, locale, isActive, version }) => {
            const used = byId.get(id);
            return {
              id,
              name,
              event,
              channel,
              locale,
              state: version === 0 ? "shipped" : isActive ? "own" : "disabled",
              lastUsedAt: used?.lastUsedAt.toISOString() ?? null,
              success: used && used.ended > 0 ? used.succeeded / used.ended : null,
            };
          })}
          events={types.map(({ key, names }) => ({ key, name: names[reader] }))}
        />
      </div>
    </div>
  );
}
