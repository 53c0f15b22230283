import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { TypeDialog } from "@/components/settings/type-dialog";
import { TypeRow } from "@/components/settings/type-row";
import type { ShownType } from "@/components/settings/type-values";
import { findTemplatedEvents } from "@/db/queries/templates";
import { requireViewer } from "@/lib/auth/viewer";
import { isReported, shipsTemplates } from "@/lib/domain/notification-types/registry";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notificationTypes");
  return { title: t("title") };
}

export default async function NotificationTypesPage() {
  const { workspaceId } = await requireViewer("admin");
  const t = await getTranslations("notificationTypes");
  const { db } = getDeps();
  const types = await readTypes(db, workspaceId);
  const templated = await findTemplatedEvents(db, workspaceId);
  const shown = types.map((type): ShownType => {
    const { key, origin, kind, category, severities, names, isTimeSensitive, isActive } = type;
    const hasTemplate = shipsTemplates(type) || templated.has(key);
    const told = { isReported: isReported(type), hasTemplate };
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
  const categories = [...new Set(shown.map(({ category }) => category))];
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
