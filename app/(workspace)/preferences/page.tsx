import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PreferencesForm } from "@/components/preferences/preferences-form";
import { findPreferences } from "@/db/queries/preferences";
import { findMember } from "@/db/queries/users";
import { requireViewer } from "@/lib/auth/viewer";
import { DEFAULT_PREFERENCES } from "@/lib/domain/deciding/preferences";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("preferences");
  return { title: t("title") };
}

export default async function PreferencesPage() {
  const { workspaceId, personId, user, workspace } = await requireViewer();
  const { db, clock } = getDeps();
  const [found, member, types] = await Promise.all([
    findPreferences(db, { workspaceId, personIds: [personId] }),
    findMember(db, workspaceId, user.id),
    readTypes(db, workspaceId),
  ]);
  const { mutedUntil, ...choices } = found.get(personId) ?? DEFAULT_PREFERENCES;
  const isMuted = mutedUntil !== null && mutedUntil > clock.now();
  return (
    <PreferencesForm
      saved={{ ...choices, mutedUntil: isMuted ? mutedUntil.toISOString() : null }}
      places={{
        email: user.email,
        phone: member?.phoneNumber ?? null,
        homeCountry: workspace.defaultCountry,
      }}
      categories={[...new Set(types.map(({ category }) => category))]}
      zone={user.timeZone ?? workspace.timeZone}
    />
  );
}
