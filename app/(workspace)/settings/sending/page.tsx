import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { SendingSwitch } from "@/components/settings/sending-switch";
import { countDue, listSendingPauses } from "@/db/queries/sending-pauses";
import { requireViewer } from "@/lib/auth/viewer";
import { CHANNELS, type PauseScope } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sending");
  return { title: t("title") };
}

export default async function SendingPage() {
  const { workspaceId } = await requireViewer("admin");
  const t = await getTranslations("sending");
  const { db, sql, clock } = getDeps();
  const [pauses, waiting] = await Promise.all([
    listSendingPauses(db, workspaceId),
    countDue(sql, { workspaceId, now: clock.now() }),
  ]);
  const pauseOf = (scope: PauseScope) => {
    const pause = pauses.find((one) => one.scope === scope);
    return pause ? { since: pause.since.toISOString(), by: pause.by } : null;
  };
  const all = CHANNELS.reduce((sum, channel) => sum + waiting[channel], 0);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <Section title={t("allTitle")} lead={t("allLead")}>
        <SendingSwitch scope="all" pause={pauseOf("all")} waiting={all} />
      </Section>
      <Section title={t("channelsTitle")} lead={t("channelsLead")}>
        <div className="flex flex-col gap-4">
          {CHANNELS.map((channel) => (
            <SendingSwitch
              key={channel}
              scope={channel}
              pause={pauseOf(channel)}
              waiting={waiting[channel]}
            />
          ))}
        </div>
      </Section>
    </>
  );
}
