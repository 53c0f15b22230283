"use client";

import {
  Ellipsis,
  KeyRound,
  Phone,
  SlidersHorizontal,
  UserRoundCheck,
  UserRoundX,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  deactivatePerson,
  makeResetLink,
  reactivatePerson,
} from "@/app/(workspace)/settings/people/actions";
import { AlertDialog } from "../ui/alert-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { IconButton } from "../ui/icon-button";
import { LinkDialog } from "./link-dialog";
import type { PersonItem } from "./people-list";
import { PhoneDialog } from "./phone-dialog";
import { useSaver } from "./use-saver";

/** What an administrator may do for or about a person. */
export function PersonMenu({ person }: { person: PersonItem }) {
  const t = useTranslations("settings.people");
  const others = useTranslations("othersPreferences");
  const [panel, setPanel] = useState<"phone" | "deactivate" | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const reset = useSaver(makeResetLink, { done: null, onDone: (made) => setLink(made.link) });
  const deactivate = useSaver(deactivatePerson, { done: t("deactivatedDone") });
  const reactivate = useSaver(reactivatePerson, { done: t("reactivatedDone") });
  if (person.grantable.length === 0) return <span className="size-8" />;
  const { id } = person;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton
            label={t("actionsFor", { name: person.name })}
            loading={reset.isBusy || reactivate.isBusy}
          >
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setPanel("phone")}>
            <Phone />
            {t("changePhone")}
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/settings/people/${person.personId}/preferences`}>
              <SlidersHorizontal />
              {others("open")}
            </Link>
          </DropdownMenuItem>
          {person.isActive ? (
            <DropdownMenuItem onSelect={() => void reset.save({ id })}>
              <KeyRound />
              {t("resetLink")}
            </DropdownMenuItem>
          ) : null}
          {person.isSelf ? null : <DropdownMenuSeparator />}
          {person.isSelf ? null : person.isActive ? (
            <DropdownMenuItem tone="danger" onSelect={() => setPanel("deactivate")}>
              <UserRoundX />
              {t("deactivate")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem onSelect={() => void reactivate.save({ id })}>
              <UserRoundCheck />
              {t("reactivate")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <PhoneDialog person={person} isOpen={panel === "phone"} onClose={() => setPanel(null)} />
      <AlertDialog
        open={panel === "deactivate"}
        onOpenChange={(open) => setPanel(open ? "deactivate" : null)}
        title={t("deactivateTitle", { name: person.name })}
        confirmLabel={t("deactivate")}
        onConfirm={async () => void (await deactivate.save({ id }))}
      >
        {t("deactivateLead")}
      </AlertDialog>
      <LinkDialog
        title={t("resetTitle", { name: person.name })}
        lead={t("resetLead")}
        link={link}
        onClose={() => setLink(null)}
      />
    </>
  );
}
