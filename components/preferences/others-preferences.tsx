"use client";

import { Link2Off } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  revokeLink,
  saveOthersPreferences,
} from "@/app/(workspace)/settings/people/preferences-actions";
import { Section } from "../settings/section";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import type { Places } from "./channel-rows";
import type { NamedType } from "./named-type";
import { PreferencesForm } from "./preferences-form";
import type { ShownPreferences } from "./use-auto-save";

type Props = {
  personId: string;
  name: string;
  saved: ShownPreferences;
  places: Places;
  zone: string;
  types: readonly NamedType[];
};

/** An administrator at somebody else's choices. */
export function OthersPreferences({ personId, name, saved, places, zone, types }: Props) {
  const t = useTranslations("othersPreferences");
  const revoker = useSaver(revokeLink, { done: t("revoked") });
  return (
    <PreferencesForm
      of={name}
      saved={saved}
      save={(changes) => saveOthersPreferences({ personId, changes })}
      places={places}
      zone={zone}
      types={types}
      after={
        <Section title={t("link")} lead={t("linkLead", { name })}>
          <Button
            className="self-start"
            loading={revoker.isBusy}
            onClick={() => void revoker.save({ personId })}
          >
            <Link2Off aria-hidden />
            {t("revoke")}
          </Button>
        </Section>
      }
    />
  );
}
