import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvitationList } from "@/components/settings/invitation-list";
import { InvitePerson } from "@/components/settings/invite-person";
import { PageTitle } from "@/components/settings/page-title";
import { PeopleList } from "@/components/settings/people-list";
import { Section } from "@/components/settings/section";
import { listOpenInvitations } from "@/db/queries/invitations";
import { listMembers } from "@/db/queries/users";
import { requireViewer } from "@/lib/auth/viewer";
import { mayGrant, mayManage } from "@/lib/domain/role-rules";
import { ROLES } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.people");
  return { title: t("title") };
}

export default async function PeoplePage() {
  const viewer = await requireViewer("admin");
  const { db, clock } = getDeps();
  const now = clock.now();
  const [t, members, invitations] = await Promise.all([
    getTranslations("settings.people"),
    listMembers(db, viewer.workspaceId),
    listOpenInvitations(db, viewer.workspaceId),
  ]);
  const grantable = ROLES.filter((role) => mayGrant(viewer.role, role));
  const people = members.map(({ createdAt, locale, timeZone, ...member }) => ({
    ...member,
    isSelf: member.id === viewer.user.id,
    grantable: mayManage(viewer.role, member.role) ? grantable : [],
  }));
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} action={<InvitePerson roles={grantable} />} />
      <Section title={t("members", { count: people.length })}>
        <PeopleList people={people} />
      </Section>
      {invitations.length > 0 ? (
        <Section title={t("invitations")} lead={t("invitationsLead")}>
          <InvitationList
            invitations={invitations.map((one) => ({ ...one, isExpired: one.expiresAt <= now }))}
          />
        </Section>
      ) : null}
    </>
  );
}
