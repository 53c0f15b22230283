import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReplyAction } from "@/lib/domain/reply-codes/reply-code";
import { Badge } from "../ui/badge";

/** What a reply code said to a notification. */
export function AnswerBadge({ answer }: { answer: ReplyAction }) {
  const t = useTranslations("notifications.answers");
  return (
    <Badge tone={answer === "cancel" ? "warning" : "success"}>
      {answer === "cancel" ? <X aria-hidden /> : <Check aria-hidden />}
      {t(answer)}
    </Badge>
  );
}
