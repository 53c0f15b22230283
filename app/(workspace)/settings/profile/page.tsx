import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listTimeZones } from "@/components/settings/choices";
import { PageTitle } from "@/components/settings/page-title";
import { PasswordForm } from "@/components/settings/password-form";
import { PhoneForm } from "@/components/settings/phone-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { Section } from "@/components/settings/section";
import { SessionList } from "@/components/settings/session-list";
import { findClaimedNumber } from "@/db/queries/phone-claims";
import { listSessions } from "@/db/queries/system/sessions";
import { findMember } from "@/db/queries/users";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.profile");
  return { title: t("title") };
}

export default async function ProfilePage() {
  const viewer = await requireViewer();
  const { db, clock } = getDeps();
  const [t, member, claimed, sessions] = await Promise.all([
    getTranslations("settings.profile"),
    findMember(db, viewer.workspaceId, viewer.user.id),
    findClaimedNumber(db, { ...viewer, kind: "phone" }),
    listSessions(db, { userId: viewer.user.id, now: clock.now() }),
  ]);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <Section title={t("about")}>
        <ProfileForm
          user={viewer.user}
          timeZones={listTimeZones()}
          workspaceTimeZone={viewer.workspace.timeZone}
        />
      </Section>
      <Section title={t("phoneTitle")} lead={t("phoneLead")}>
        <PhoneForm
          phoneNumber={member?.phoneNumber ?? null}
          claimed={claimed}
          homeCountry={viewer.workspace.defaultCountry}
        />
      </Section>
      <Section title={t("passwordTitle")} lead={t("passwordLead")}>
        <PasswordForm />
      </Section>
      <Section title={t("sessionsTitle")} lead={t("sessionsLead")}>
        <SessionList
          sessions={sessions.map((session) => ({
            ...session,
            isCurrent: session.id === viewer.sessionId,
          }))}
        />
      </Section>
    </>
  );
}
