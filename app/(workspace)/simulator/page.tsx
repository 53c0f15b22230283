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

/** A person's phone, WhatsApp and mailbox on the screen: the whole product works with no Twilio account. */
export default async function SimulatorPage({ searchParams }: Props) {
  const bench = await requireBench();
  const { phone, mail } = await searchParams;
  const view = await readView(bench, { phone: single(phone), mail: single(mail) });
  const { role, workspace } = bench.viewer;
  return (
    <SimulatorScreen
      initial={view}
      homeCountry={workspace.defaultCountry}
      isAdmin={hasRole(role, "admin")}
    />
  );
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
