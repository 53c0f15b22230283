import { useTranslations } from "next-intl";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import type { DeliveryState } from "@/lib/domain/history/delivery-state";

/** What became of a notification on one channel. */
export type DeliveryLine = {
  channel: NotificationChannel;
  state: DeliveryState;
  /** Why; null: nothing stood in the way. */
  sentence: string | null;
  /** The code of what its provider refused. */
  error: string | null;
};

/** Why a delivery is as it is, the provider's refusal first; null: there is nothing to say. */
export function useLineWords(): (line: Pick<DeliveryLine, "sentence" | "error">) => string | null {
  const t = useTranslations("errors.provider");
  return ({ sentence, error }) => {
    if (error === null) return sentence;
    return t.has(error) ? `${t(error)} (${error})` : t("unknown", { code: error });
  };
}
