"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { releaseWaiting } from "@/app/(workspace)/actions";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { toast } from "../ui/toast";
import { useErrorWords } from "./use-error-words";

/** Seconds; a text that should have left so long ago may no longer be wanted. */
const AGES = { quarter: 900, hour: 3600, fourHours: 4 * 3600, day: 86_400 } as const;
type Age = keyof typeof AGES;

/** "142 waited": send all, or drop those that are too old by now and send the rest. */
export function ReleaseWaiting({
  integrationId,
  waiting,
}: {
  integrationId: string;
  waiting: number;
}) {
  const t = useTranslations("shell.stopped");
  const errors = useErrorWords();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const release = (dropOlderThan: number | null) =>
    startTransition(async () => {
      const result = await releaseWaiting({ id: integrationId, dropOlderThan });
      if (result.ok) toast.success(t("released", result.data));
      else toast.error(errors.about(result));
      router.refresh();
    });
  return (
    <div className="flex flex-wrap justify-end gap-1">
      <Button size="xs" loading={isPending} onClick={() => release(null)}>
        {t("sendAll", { count: waiting })}
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="xs" variant="ghost" disabled={isPending}>
            {t("drop")}
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {(Object.keys(AGES) as Age[]).map((age) => (
            <DropdownMenuItem key={age} onSelect={() => release(AGES[age])}>
              {t(`older.${age}`)}
            </DropdownMenuItem>
          ))}
          <DropdownMenuItem tone="danger" onSelect={() => release(0)}>
            {t("dropAll")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
