import { Mail, MessageCircle, MessageSquareText } from "lucide-react";
import type { Channel } from "@/lib/domain/words";
import { cn } from "../ui/cn";

const ICONS = { sms: MessageSquareText, whatsapp: MessageCircle, email: Mail } as const;

/** SMS, WhatsApp or e-mail; the word stands beside it or in `label`. */
export function ChannelIcon({
  channel,
  label,
  className,
}: {
  channel: Channel;
  label?: string;
  className?: string;
}) {
  const Icon = ICONS[channel];
  const tint = channel === "whatsapp" ? "tint-green text-(--tint)" : "";
  return (
    <Icon
      className={cn("size-3.5 shrink-0", tint, className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}
