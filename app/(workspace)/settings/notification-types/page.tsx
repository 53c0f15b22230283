import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { TypeDialog } from "@/components/settings/type-dialog";
import { TypeRow } from "@/components/settings/type-row";
import type { ShownType } from "@/components/settings/type-values";
import { requireViewer } from "@/lib/auth/viewer";
import { categoriesOf, hasTemplate, isReported } from "@/lib/domain/notification-types/registry";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notificationTypes");
  return { title: t("title") };
}

export default async function NotificationTypesPage() {
  const { workspaceId } = await requireViewer("admin");
  const t = await getTranslations("notificationTypes");
  const types = await readTypes(getDeps().db, workspaceId);
  const shown = types.map((type): ShownType => {
    const { key, origin, kind, category, severities, names, isTimeSensitive, isActive } = type;
    const told = { isReported: isReported(type), hasTemplate: hasTemplate(type) };
    const channels = [...type.defaultChannels];
    return {
      key,
      origin,
      kind,
      category,
      severities,
      channels,
      names,
      isTimeSensitive,
      isActive,
      ...told,
    };
  });
  const categories = categoriesOf(types);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} action={<TypeDialog type={null} />} />
      {categories.map((category) => (
        <Section
          key={category}
          title={t.has(`categories.${category}`) ? t(`categories.${category}`) : category}
        >
          <ul className="flex flex-col divide-y divide-line">
            {shown
              .filter((type) => type.category === category)
              .map((type) => (
                <TypeRow key={type.key} type={type} />
              ))}
          </ul>
        </Section>
      ))}
    </>
  );
}
