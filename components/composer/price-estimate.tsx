"use client";

import { useTranslations } from "next-intl";
import { estimatePrice, type Priced } from "@/lib/domain/price";
import { useInbox } from "../inbox/inbox-context";
import { Tooltip } from "../ui/tooltip";
import { useMoney } from "../ui/use-money";

/** ≈ what the text in the field will cost; says so where there is no price for it. */
export function PriceEstimate({ message }: { message: Priced }) {
  const t = useTranslations("costs.estimate");
  const money = useMoney();
  const { viewer } = useInbox();
  const estimate = estimatePrice(viewer.prices, message);
  return (
    <Tooltip label={t(estimate ? "help" : "noPriceHelp")}>
      <span
        className="text-subtle text-xs tabular-nums"
        data-estimate={estimate ? `${estimate.amount} ${estimate.currency}` : ""}
      >
        {estimate ? t("about", { price: money(estimate) }) : t("noPrice")}
      </span>
    </Tooltip>
  );
}
