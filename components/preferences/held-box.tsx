"use client";

import { BellOff, CheckCheck, Inbox, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/lib/auth/action";
import { MUTE_SPANS, type MuteSpan } from "@/lib/domain/deciding/preferences";
import { gatherAlike } from "../notifications/same-fate";
import { Section } from "../settings/section";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { toast } from "../ui/toast";
import type { FateTold, HeldDeeds, ShownHeld } from "./held";

type Props = { held: ShownHeld; deeds: HeldDeeds; zone: string };

/** What is kept for later: when and why, with send now, read and mute. */
export function HeldBox({ held, deeds, zone }: Props) {
  const t = useTranslations("held");
  const format = useFormatter();
  const at =
    held.nextReleaseAt &&
    format.dateTime(new Date(held.nextReleaseAt), {
      ...{ weekday: "short", hour: "2-digit", minute: "2-digit" },
      timeZone: zone,
    });
  return (
    <Section title={t("title")} lead={at ? t("lead", { count: held.total, at }) : t("none")}>
      <ul className="flex flex-col divide-y divide-line empty:hidden">
        {held.items.map((item) => (
          <HeldItem key={item.id} item={item} deeds={deeds} />
        ))}
      </ul>
      {held.total > held.items.length ? (
        <p className="text-muted text-sm">{t("more", { count: held.total - held.items.length })}</p>
      ) : null}
    </Section>
  );
}

type ItemProps = { item: ShownHeld["items"][number]; deeds: HeldDeeds };

function HeldItem({ item, deeds }: ItemProps) {
  const t = useTranslations("held");
  const channels = useTranslations("preferences.channels");
  const deed = useDeed();
  const { id, title, deliveries } = item;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Inbox className="mt-0.5 size-4 text-muted" aria-hidden />
      <div>
        <p className="break-words font-medium text-sm">{title}</p>
        <ul className="text-muted text-xs">
          {gatherAlike(deliveries).map(({ channels: alike, sentence }) => (
            <li key={alike[0]}>
              {alike.map((channel) => channels(channel)).join(", ")} · {sentence}
            </li>
          ))}
        </ul>
      </div>
      <div className="col-start-2 flex flex-wrap gap-2">
        <Button
          size="sm"
          loading={deed.busy === "send"}
          disabled={deed.busy !== null}
          aria-label={t("sendOf", { title })}
          onClick={() => void deed.run("send", () => deeds.send(id), deed.tellFates)}
        >
          <Send aria-hidden />
          {t("send")}
        </Button>
        <Button
          size="sm"
          loading={deed.busy === "read"}
          disabled={deed.busy !== null}
          aria-label={t("readOf", { title })}
          onClick={() =>
            void deed.run(
              "read",
              () => deeds.read(id),
              () => toast.success(t("readDone")),
            )
          }
        >
          <CheckCheck aria-hidden />
          {t("read")}
        </Button>
        <MuteMenu title={title} deed={deed} mute={(span) => deeds.mute(id, span)} />
      </div>
    </li>
  );
}

type MuteProps = {
  title: string;
  deed: ReturnType<typeof useDeed>;
  mute: (span: MuteSpan) => ReturnType<HeldDeeds["mute"]>;
};

function MuteMenu({ title, deed, mute }: MuteProps) {
  const t = useTranslations("held");
  const format = useFormatter();
  const spans = Object.keys(MUTE_SPANS) as MuteSpan[];
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          size="sm"
          loading={deed.busy === "mute"}
          disabled={deed.busy !== null}
          aria-label={t("muteOf", { title })}
        >
          <BellOff aria-hidden />
          {t("mute")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {spans.map((span) => (
          <DropdownMenuItem
            key={span}
            onSelect={() =>
              void deed.run(
                "mute",
                () => mute(span),
                ({ until }) =>
                  toast.success(t("muted", { at: format.dateTime(new Date(until), "moment") })),
              )
            }
          >
            {t(`spans.${span}`)}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** One deed at a time; its outcome is told, and the page read afresh. */
function useDeed() {
  const t = useTranslations("held");
  const channels = useTranslations("preferences.channels");
  const errors = useErrorWords();
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const run = async <T,>(
    name: string,
    ask: () => Promise<ActionResult<T>>,
    tell: (data: T) => void,
  ) => {
    setBusy(name);
    const result = await ask().catch(() => ({ ok: false as const, code: "unreachable" }));
    setBusy(null);
    if (!result.ok) toast.error(errors.about(result));
    else tell(result.data);
    router.refresh();
  };
  const tellFates = (fates: FateTold[]) => {
    const kept = fates.filter(({ fate }) => fate !== "queued" && fate !== "web");
    if (kept.length < fates.length) toast.success(t("sent"));
    for (const { channel, sentence } of kept) {
      toast(t("why", { channel: channels(channel), sentence }));
    }
  };
  return { busy, run, tellFates };
}
