"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import {
  muteHeldByLink,
  readHeldByLink,
  saveByLink,
  sendHeldByLink,
} from "@/app/p/[token]/actions";
import type { Places } from "./channel-rows";
import type { HeldDeeds, ShownHeld } from "./held";
import { HeldBox } from "./held-box";
import type { NamedType } from "./named-type";
import { PreferencesForm } from "./preferences-form";
import type { ShownPreferences } from "./use-auto-save";

type Props = {
  token: string;
  /** Who sends. */
  workspace: string;
  saved: ShownPreferences;
  held: ShownHeld;
  places: Places;
  zone: string;
  types: readonly NamedType[];
};

/** The page behind the link of a message: the same choices, for whoever was sent it. */
export function LinkedPreferences(props: Props) {
  const { token, workspace, saved, held, places, zone, types } = props;
  const t = useTranslations("linked");
  const locale = useLocale() === "en" ? "en" : "fr";
  const deeds = useMemo<HeldDeeds>(
    () => ({
      send: (id) => sendHeldByLink({ token, id, locale }),
      read: (id) => readHeldByLink({ token, id, locale }),
      mute: (id, span) => muteHeldByLink({ token, id, locale, span }),
    }),
    [token, locale],
  );
  return (
    <PreferencesForm
      saved={saved}
      save={(changes) => saveByLink({ token, changes: changes as LinkedInput })}
      places={places}
      zone={zone}
      types={types}
      lead={t("lead", { workspace })}
      before={<HeldBox held={held} deeds={deeds} zone={zone} />}
    />
  );
}

/** The form offers no more than a link may change. */
type LinkedInput = Parameters<typeof saveByLink>[0]["changes"];
