import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnPreferences } from "@/components/preferences/own-preferences";
import { listOwnAddresses, type OwnAddress } from "@/db/queries/addresses";
import { findHeldBox } from "@/db/queries/held";
import { findClaimedNumber } from "@/db/queries/phone-claims";
import { findPreferences } from "@/db/queries/preferences";
import { findMember } from "@/db/queries/users";
import { requireViewer } from "@/lib/auth/viewer";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { toNamedTypes } from "./named-types";
import { SHOWN_HELD, toShownHeld } from "./shown-held";
import { toShownPreferences } from "./shown-preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("preferences");
  return { title: t("title") };
}

export default async function PreferencesPage() {
  const { workspaceId, personId, user, workspace } = await requireViewer();
  const { db, clock } = getDeps();
  const own = { workspaceId, personId };
  const [found, member, box, addresses, claimed, types] = await Promise.all([
    findPreferences(db, { workspaceId, personIds: [personId] }),
    findMember(db, workspaceId, user.id),
    findHeldBox(db, { ...own, limit: SHOWN_HELD }),
    listOwnAddresses(db, own),
    findClaimedNumber(db, { ...own, kind: "whatsapp" }),
    readTypes(db, workspaceId),
  ]);
  const zone = user.timeZone ?? workspace.timeZone;
  return (
    <OwnPreferences
      saved={toShownPreferences(found.get(personId), clock.now())}
      places={{
        email: user.email,
        phone: member?.phoneNumber ?? null,
        whatsapp: addresses.find(({ kind }) => kind === "whatsapp")?.value ?? null,
        homeCountry: workspace.defaultCountry,
        hasWeb: true,
        isOwn: true,
      }}
      zone={zone}
      held={toShownHeld(box, { locale: user.locale, zone }, null)}
      addresses={withLogin(addresses, user.email)}
      claimed={claimed}
      types={toNamedTypes(types, user.locale)}
    />
  );
}

/** Who signs in by an address reads it. */
function withLogin(addresses: readonly OwnAddress[], email: string) {
  const login = { id: null, kind: "email", value: email, isVerified: true } as const;
  const others = addresses.filter(({ kind, value }) => kind !== "email" || value !== email);
  return [...others, login];
}
