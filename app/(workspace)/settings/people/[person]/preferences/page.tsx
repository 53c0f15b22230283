import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OthersPreferences } from "@/components/preferences/others-preferences";
import { findPreferences } from "@/db/queries/preferences";
import { findRecipients } from "@/db/queries/recipients";
import { requireViewer } from "@/lib/auth/viewer";
import { formatAddress } from "@/lib/domain/format-address";
import { categoriesOf } from "@/lib/domain/notification-types/registry";
import { id } from "@/lib/http/fields";
import { readRecipients } from "@/lib/notifications/recipients";
import { getDeps } from "@/lib/runtime";
import { toShownPreferences } from "../../../../preferences/shown-preferences";

type Props = { params: Promise<{ person: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("preferences");
  return { title: t("title") };
}

/** R008: an administrator changes how a user or contact is reached. What is kept for them stays theirs. */
export default async function OthersPreferencesPage({ params }: Props) {
  const { workspaceId, workspace, personId: ownId } = await requireViewer("admin");
  const { person } = await params;
  const personId = id.safeParse(person).data ?? notFound();
  const { db, clock } = getDeps();
  const of = { workspaceId, personIds: [personId] };
  const at = clock.now();
  const [rows, preferences] = await Promise.all([findRecipients(db, of), findPreferences(db, of)]);
  const { rules, recipients } = await readRecipients(db, { ...of, types: [], preferences, at });
  const recipient = recipients.get(personId) ?? notFound();
  const placeOf = (channel: "email" | "sms" | "whatsapp") =>
    recipient.reach({ channel, given: null, event: null }).value;
  const phone = placeOf("sms") ?? placeOf("whatsapp");
  const home = workspace.defaultCountry;
  return (
    <OthersPreferences
      personId={personId}
      name={rows[0]?.name ?? (phone ? formatAddress(phone, home) : (placeOf("email") ?? ""))}
      saved={toShownPreferences(preferences.get(personId), at)}
      places={{
        email: placeOf("email"),
        phone: placeOf("sms"),
        whatsapp: placeOf("whatsapp"),
        homeCountry: home,
        hasWeb: recipient.isUser,
        isOwn: personId === ownId,
      }}
      zone={recipient.zone}
      categories={categoriesOf(rules.types)}
    />
  );
}
