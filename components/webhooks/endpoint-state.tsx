"use client";

import { useFormatter, useTranslations } from "next-intl";
import { changeEndpoint } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import type { EndpointItem } from "./endpoint-list";

/** Is it sent anything, why not, and the switch. */
export function EndpointState({ endpoint }: { endpoint: EndpointItem }) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const saver = useSaver(changeEndpoint, { done: t(endpoint.isActive ? "nowOff" : "nowOn") });
  const { id, isActive, disabledAt, disabledReason, failingSince } = endpoint;
  const change = () => void saver.save({ id, isActive: !isActive });
  const action = (
    <Button size="sm" loading={saver.isBusy} onClick={change}>
      {t(isActive ? "disable" : "enable")}
    </Button>
  );
  if (!isActive) {
    const reason = disabledReason ?? "by_person";
    const at = disabledAt ? format.dateTime(disabledAt, "moment") : "";
    return (
      <Banner
        tone={reason === "by_person" ? "warning" : "danger"}
        title={t("disabledAt", { at })}
        action={action}
      >
        {t(`disabledBecause.${reason}`)} {t("disabledMeans")}
      </Banner>
    );
  }
  if (!failingSince) {
    return (
      <Banner tone="success" title={t("state.active")} action={action}>
        {t("activeMeans")}
      </Banner>
    );
  }
  return (
    <Banner
      tone="warning"
      title={t("failingSince", { at: format.dateTime(failingSince, "moment") })}
      action={action}
    >
      {t("failingMeans")}
    </Banner>
  );
}
