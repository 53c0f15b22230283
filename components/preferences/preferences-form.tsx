"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { applyPreset, PRESETS, type Preset } from "@/lib/domain/deciding/preferences";
import { PageTitle } from "../settings/page-title";
import { Section } from "../settings/section";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast";
import { useHydrated } from "../ui/use-hydrated";
import { CategoryGrid } from "./category-grid";
import { ChannelRows, channelsOf, type Places } from "./channel-rows";
import { MuteRow } from "./mute-row";
import { MutedTypes } from "./muted-types";
import type { NamedType } from "./named-type";
import { QuietHours } from "./quiet-hours";
import { ReminderRows } from "./reminder-rows";
import { type SavePreferences, type ShownPreferences, useAutoSave } from "./use-auto-save";
import { VolumeRows } from "./volume-rows";

type Props = {
  saved: ShownPreferences;
  save: SavePreferences;
  places: Places;
  zone: string;
  /** Those of the ready sets, and the workspace's own. */
  types: readonly NamedType[];
  /** null: the person's own. */
  of?: string | null;
  /** In the place of the usual one. */
  lead?: string;
  /** What stands between the title and the choices, and below them. */
  before?: ReactNode;
  after?: ReactNode;
};

/** How somebody is reached: where, when, how often. Saves by itself and says so. */
export function PreferencesForm(props: Props) {
  const { saved, places, zone, types, of = null } = props;
  const t = useTranslations("preferences");
  const reminders = useTranslations("reminderChoices");
  const { shown, change, state } = useAutoSave(saved, props.save);
  // What is changed before the page lives would be shown and not saved.
  const isAlive = useHydrated();
  const choose = (preset: Preset) => {
    const before = shown;
    const { mutedUntil: _, ...choices } = applyPreset({ ...shown, mutedUntil: null }, preset);
    change(choices);
    toast(t("presets.applied", { name: t(`presets.${preset}`) }), {
      action: { label: t("undo"), onClick: () => change(before) },
    });
  };
  return (
    <>
      <PageTitle
        title={of === null ? t("title") : t("titleOf", { name: of })}
        lead={props.lead ?? (of === null ? t("lead") : t("leadOf", { name: of }))}
        action={<SaveMark state={state} />}
      />
      {props.before}
      <fieldset disabled={!isAlive} className="contents">
        <Section title={t("mute.title")} lead={t("mute.lead")}>
          <MuteRow mutedUntil={shown.mutedUntil} onChange={change} />
          <MutedTypes shown={shown} types={types} onChange={change} />
        </Section>
        <Section title={t("presets.title")} lead={t("presets.lead")}>
          <div className="grid gap-2 sm:grid-cols-3">
            {PRESETS.map((preset) => (
              <Button
                key={preset}
                className="h-auto flex-col items-start justify-start gap-0.5 pointer-coarse:h-auto whitespace-normal px-3 py-2 text-left"
                onClick={() => choose(preset)}
              >
                {t(`presets.${preset}`)}
                <span className="font-normal text-muted text-xs">{t(`presets.${preset}Help`)}</span>
              </Button>
            ))}
          </div>
        </Section>
        <Section title={t("channels.title")} lead={t("channels.lead")}>
          <ChannelRows shown={shown} places={places} onChange={change} />
        </Section>
        <Section title={t("volume.title")} lead={t("volume.lead")}>
          <VolumeRows shown={shown} onChange={change} />
        </Section>
        <Section
          title={t("quiet.title")}
          lead={t("quiet.lead", { zone: zone.replaceAll("_", " ") })}
        >
          <QuietHours shown={shown} onChange={change} />
        </Section>
        <Section title={t("categories.title")} lead={t("categories.lead")}>
          <CategoryGrid
            shown={shown}
            channels={channelsOf(places)}
            all={[...new Set(types.map(({ category }) => category))]}
            onChange={change}
          />
        </Section>
        <Section title={reminders("title")} lead={reminders("lead")}>
          <ReminderRows shown={shown} types={types} onChange={change} />
        </Section>
      </fieldset>
      {props.after}
    </>
  );
}

/** What has been kept so far, told to screen readers too. */
function SaveMark({ state }: { state: ReturnType<typeof useAutoSave>["state"] }) {
  const t = useTranslations("preferences");
  return (
    <p role="status" className="flex h-6 items-center gap-1.5 text-muted text-sm">
      {state === "saving" ? <Spinner className="size-3.5" /> : null}
      {state === "saved" ? <Check className="size-3.5" aria-hidden /> : null}
      {state === "idle" ? t("savesItself") : t(state)}
    </p>
  );
}
