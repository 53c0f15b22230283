"use client";

import {
  Bell,
  CheckCheck,
  CircleAlert,
  CircleSlash,
  Clock,
  Hourglass,
  Layers,
  Send,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeliveryState } from "@/lib/domain/history/delivery-state";
import { Badge } from "../ui/badge";

const LOOKS = {
  queued: { tone: "accent", icon: Clock },
  sent: { tone: "success", icon: Send },
  delivered: { tone: "success", icon: CheckCheck },
  failed: { tone: "danger", icon: CircleAlert },
  canceled: { tone: "neutral", icon: Undo2 },
  web: { tone: "success", icon: Bell },
  held: { tone: "accent", icon: Hourglass },
  bundled: { tone: "accent", icon: Layers },
  refused: { tone: "neutral", icon: CircleSlash },
  expired: { tone: "neutral", icon: Clock },
} as const;

type Props = {
  state: DeliveryState;
  /** Before the icon, such as the channel's short name; then the state is said to screen readers only. */
  label?: string;
  title?: string | undefined;
};

/** How far a delivery is. */
export function StateBadge({ state, label, title }: Props) {
  const t = useTranslations("notifications.states");
  const { tone, icon: Icon } = LOOKS[state];
  return (
    <Badge tone={tone} title={title}>
      {label ? `${label} ` : null}
      <Icon aria-hidden />
      {label ? <span className="sr-only">{t(state)}</span> : t(state)}
    </Badge>
  );
}
