import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listTimeZones } from "@/components/settings/choices";
import { NotificationSettingsForm } from "@/components/settings/notification-settings-form";
import { PageTitle } from "@/components/settings/page-title";
import { findNotificationSettings } from "@/db/queries/notification-rules";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notificationSettings");
  return { title: t("title") };
}

export default async function NotificationSettingsPage() {
  const { workspaceId } = await requireViewer("admin");
  const t = await getTranslations("notificationSettings");
  const saved = await findNotificationSettings(getDeps().db, workspaceId);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <NotificationSettingsForm saved={saved} timeZones={listTimeZones()} />
    </>
  );
}
