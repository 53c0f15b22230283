"use client";

import { Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Spinner } from "../ui/spinner";
import { FaultPanel } from "./fault-panel";
import { MailList } from "./mail-list";
import { MailReader } from "./mail-reader";

type Props = {
  view: SimulatorView;
  homeCountry: string;
  isAdmin: boolean;
  /** The mail being read; null: none. */
  mailId: string | null;
  /** Above the mail. */
  notice: ReactNode;
  onChoose: (id: string | null) => void;
  onChanged: () => Promise<void>;
};
type Part = "box" | "faults";

/** The mail being read, what can go wrong beside it; on a small screen the list first, then the mail. */
export function MailBench({ mailId, notice, onChoose, ...common }: Props) {
  const t = useTranslations("simulator");
  const { view, onChanged } = common;
  const [part, setPart] = useState<Part>("box");
  return (
    <>
      <Choice
        label={t("parts")}
        value={part}
        onChoose={setPart}
        className="bg-surface px-2 lg:hidden"
      >
        <ChoiceItem value="box">{t("mail.box")}</ChoiceItem>
        <ChoiceItem value="faults">{t("faults.title")}</ChoiceItem>
      </Choice>
      <div
        className={cn("flex min-h-0 min-w-0 flex-1 flex-col", part !== "box" && "max-lg:hidden")}
      >
        {notice}
        {mailId === null ? (
          <>
            <MailList
              mails={view.mails}
              chosen={null}
              onChoose={onChoose}
              className="pt-2 lg:hidden"
            />
            <EmptyState
              icon={Mail}
              title={t(view.mails.length === 0 ? "mail.none" : "mail.choose")}
              className="flex-1 max-lg:hidden"
            >
              {view.mails.length === 0 ? t("mail.noneWhat") : null}
            </EmptyState>
          </>
        ) : (
          <Chosen mailId={mailId} view={view} onChoose={onChoose} onChanged={onChanged} />
        )}
      </div>
      <FaultPanel
        {...common}
        isMail
        className={cn(part === "faults" ? "flex min-h-0 flex-1" : "hidden", "lg:hidden")}
      />
      <FaultPanel
        {...common}
        isMail
        className="hidden w-76 shrink-0 border-line border-l bg-surface lg:flex"
      />
    </>
  );
}

type ChosenProps = Pick<Props, "view" | "onChoose" | "onChanged"> & { mailId: string };

/** Only the mail that was asked for: the one before it is not shown under its name. */
function Chosen({ mailId, view, onChoose, onChanged }: ChosenProps) {
  const t = useTranslations("simulator.mail");
  const isComing = view.mail?.id !== mailId && view.mails.some(({ id }) => id === mailId);
  const back = () => onChoose(null);
  if (view.mail?.id === mailId) {
    return <MailReader key={mailId} mail={view.mail} onBack={back} onChanged={onChanged} />;
  }
  return isComing ? (
    <Spinner className="m-auto" />
  ) : (
    <EmptyState icon={Mail} title={t("gone")} className="flex-1" />
  );
}
