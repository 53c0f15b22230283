"use client";

import { useTranslations } from "next-intl";
import {
  muteHeldNow,
  readHeldNow,
  saveOwnPreferences,
  sendHeldNow,
} from "@/app/(workspace)/preferences/actions";
import { Section } from "../settings/section";
import { AddressRows, type ShownAddress } from "./address-rows";
import type { Places } from "./channel-rows";
import type { HeldDeeds, ShownHeld } from "./held";
import { HeldBox } from "./held-box";
import type { NamedType } from "./named-type";
import { PreferencesForm } from "./preferences-form";
import { TestRow } from "./test-row";
import type { ShownPreferences } from "./use-auto-save";

type Props = {
  saved: ShownPreferences;
  held: ShownHeld;
  addresses: readonly ShownAddress[];
  /** A WhatsApp number that they claim. */
  claimed: string | null;
  places: Places;
  zone: string;
  types: readonly NamedType[];
};

const DEEDS: HeldDeeds = {
  send: (id) => sendHeldNow({ id }),
  read: (id) => readHeldNow({ id }),
  mute: (id, span) => muteHeldNow({ id, span }),
};

/** The page of somebody who is signed in: what is kept, what they choose, where they are reached. */
export function OwnPreferences(props: Props) {
  const { saved, held, addresses, claimed, places, zone, types } = props;
  const own = useTranslations("addresses");
  const test = useTranslations("selfTest");
  return (
    <PreferencesForm
      saved={saved}
      save={saveOwnPreferences}
      places={places}
      zone={zone}
      types={types}
      before={<HeldBox held={held} deeds={DEEDS} zone={zone} />}
      after={
        <>
          <Section title={own("title")} lead={own("lead")}>
            <AddressRows addresses={addresses} claimed={claimed} homeCountry={places.homeCountry} />
          </Section>
          <Section title={test("title")} lead={test("lead")}>
            <TestRow />
          </Section>
        </>
      }
    />
  );
}
