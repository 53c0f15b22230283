"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { closeTask, sendTaskAgain, switchSender } from "@/app/(workspace)/tasks/actions";
import type { Channel } from "@/lib/domain/words";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { toast } from "../ui/toast";

export type SwitchTarget = { id: string; name: string; type: Channel };

type Props = { id: string; waiting: number; senders: readonly SwitchTarget[] };

/** Without another number: try the same again, write by another channel, or give it up. */
export function TaskDeeds({ id, waiting, senders }: Props) {
  const t = useTranslations("tasks");
  const saying = (key: "sentAgain" | "switched" | "closed") => ({
    done: null,
    onDone: ({ count }: { count: number }) => toast.success(t(key, { count })),
  });
  const again = useSaver(sendTaskAgain, saying("sentAgain"));
  const other = useSaver(switchSender, saying("switched"));
  const close = useSaver(closeTask, saying("closed"));
  const isBusy = again.isBusy || other.isBusy || close.isBusy;
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        loading={again.isBusy}
        disabled={isBusy}
        onClick={() => void again.save({ id })}
      >
        {t("sendAgain")}
      </Button>
      {senders.length > 0 && waiting > 0 ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="sm" loading={other.isBusy} disabled={isBusy}>
              {t("switch")}
              <ChevronDown aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {senders.map((sender) => (
              <DropdownMenuItem
                key={sender.id}
                onSelect={() => void other.save({ id, integrationId: sender.id })}
              >
                {sender.name}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
      <AlertDialog
        trigger={
          <Button size="sm" variant="dangerGhost" disabled={isBusy}>
            {t("close")}
          </Button>
        }
        title={t("closeTitle")}
        confirmLabel={t("close")}
        onConfirm={async () => void (await close.save({ id }))}
      >
        {t("closeWords", { count: waiting })}
      </AlertDialog>
    </div>
  );
}
