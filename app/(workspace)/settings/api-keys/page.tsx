import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiKeyList } from "@/components/settings/api-key-list";
import { NewApiKey } from "@/components/settings/new-api-key";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { listApiKeys } from "@/db/queries/api-keys";
import { requireViewer } from "@/lib/auth/viewer";
import { mayGrant } from "@/lib/domain/role-rules";
import { ROLES } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.apiKeys");
  return { title: t("title") };
}

export default async function ApiKeysPage() {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.apiKeys");
  const keys = await listApiKeys(getDeps().db, viewer.workspaceId);
  const roles = ROLES.filter((role) => mayGrant(viewer.role, role));
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} action={<NewApiKey roles={roles} />} />
      <Section title={t("listTitle")}>
        <ApiKeyList keys={keys} />
      </Section>
    </>
  );
}
