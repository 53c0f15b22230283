import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { toNamedTypes } from "@/app/(workspace)/preferences/named-types";
import { OthersPreferences } from "@/components/preferences/others-preferences";
import { findPreferences } from "@/db/queries/preferences";
import { findRecipients } from "@/db/queries/recipients";
import { requireViewer } from "@/lib/auth/viewer";
import { formatAddress } from "@/lib/domain/format-address";
import { id } from "@/lib/http/fields";
import { readTypes } from "@/lib/notifications/read-types";
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
  const { workspaceId, workspace, user, personId: ownId } = await requireViewer("admin");
  const { person } = await params;
  const personId = id.safeParse(person).data ?? notFound();
  const { db, clock } = getDeps();
  const of = { workspaceId, personIds: [personId] };
  const at = clock.now();
  const [rows, preferences, types] = await Promise.all([
    findRecipients(db, of),
    findPreferences(db, of),
    readTypes(db, workspaceId),
  ]);
  const { recipients } = await readRecipients(db, { ...of, types: [], preferences, at });
  const recipient = recipients.get(personId) ?? notFound();
  const placeOf = (channel: "email" | "sms" | "whatsapp") =>
    recipient.reach({ channel, given: null, told: null }).value;
  const phone = placeOf("sms") ?? placeOf("whatsapp");
  const home = workspace.defaultCountry;
  return (
    <OthersPreferences
      personId={personId}
      name={rows[0]?.name ?? (phone ? formatAddress(phone, home) : (placeOf("email") ?? ""))}
      types={toNamedTypes(types, user.locale)}
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
    />
  );
}
