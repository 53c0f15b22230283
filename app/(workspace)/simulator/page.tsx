import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SimulatorScreen } from "@/components/simulator/simulator-screen";
import { hasRole } from "@/lib/domain/words";
import { requireBench } from "./gate";
import { readView } from "./read-view";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("simulator");
  return { title: t("title") };
}

/** A person's phone and WhatsApp on the screen: the whole product works with no Twilio account. */
export default async function SimulatorPage({ searchParams }: Props) {
  const bench = await requireBench();
  const { phone } = await searchParams;
  const view = await readView(bench, typeof phone === "string" ? phone : null);
  const { role, workspace } = bench.viewer;
  return (
    <SimulatorScreen
      initial={view}
      homeCountry={workspace.defaultCountry}
      isAdmin={hasRole(role, "admin")}
    />
  );
}
