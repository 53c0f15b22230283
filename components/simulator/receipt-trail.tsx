"use client";

import { Check, Slash, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SimMessage } from "@/lib/embedded/simulator/words";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";

type Props = { message: SimMessage };

/** What became of a message, and of each word about it that the network sent to Carillon. */
export function ReceiptTrail({ message }: Props) {
  const t = useTranslations("simulator.receipts");
  const { status, errorCode, answer, receipts, direction } = message;
  const isLost = status === "undelivered" || status === "failed";
  return (
    <>
      {isLost ? (
        <span className="text-danger-fg">{t("lost", { code: errorCode ?? "" })}</span>
      ) : null}
      {direction === "outbound-api" && receipts.length === 0 && !isLost ? (
        <span>{t(`status.${status}`)}</span>
      ) : null}
      {direction === "outbound-reply" ? <span>{t("byNetwork")}</span> : null}
      {answer && answer !== "201" ? (
        <span className="text-warning-fg">{t(`answer.${answer}`)}</span>
      ) : null}
      {receipts.map((receipt, index) => (
        // Receipts are only ever added: their place is their name.
        // biome-ignore lint/suspicious/noArrayIndexKey: append-only
        <Receipt key={index} name={t(`status.${receipt.status}`)} {...receipt} />
      ))}
    </>
  );
}

type ReceiptProps = {
  /** What was told. */
  name: string;
  outcome: "answered" | "failed" | "dropped";
  httpStatus: number | null;
  tries: number;
};

/** One word to Carillon about a message or mail, and what came of it. */
export function Receipt({ name, outcome, httpStatus, tries }: ReceiptProps) {
  const t = useTranslations("simulator.receipts");
  const Icon = outcome === "answered" ? Check : outcome === "dropped" ? Slash : X;
  const told = t(`told.${outcome}`, { code: httpStatus ?? "—", tries });
  return (
    <Tooltip label={told}>
      <span
        className={cn(
          "inline-flex items-center gap-0.5",
          outcome === "answered" && "text-success-fg",
          outcome === "failed" && "text-danger-fg",
          outcome === "dropped" && "line-through",
        )}
      >
        <Icon className="size-2.5" aria-hidden />
        {name}
        <span className="sr-only">{told}</span>
      </span>
    </Tooltip>
  );
}
