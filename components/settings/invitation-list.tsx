"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { invitePerson, takeBackInvitation } from "@/app/(workspace)/settings/people/actions";
import type { Role } from "@/lib/domain/words";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { LinkDialog } from "./link-dialog";
import { useSaver } from "./use-saver";

export type InvitationItem = {
  id: string;
  email: string;
  name: string | null;
  role: Role;
  expiresAt: Date;
  isExpired: boolean;
};

export function InvitationList({ invitations }: { invitations: readonly InvitationItem[] }) {
  return (
    <ul className="divide-y divide-line">
      {invitations.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </ul>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationItem }) {
  const t = useTranslations("settings.people");
  const roles = useTranslations("shell.roles");
  const format = useFormatter();
  const [link, setLink] = useState<string | null>(null);
  const renew = useSaver(invitePerson, { done: null, onDone: (made) => setLink(made.link) });
  const takeBack = useSaver(takeBackInvitation, { done: t("takenBack") });
  const { id, email, name, role } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <span className="min-w-0 flex-1 basis-48">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-sm">{email}</span>
          <Badge>{roles(role)}</Badge>
          {invitation.isExpired ? <Badge tone="warning">{t("expired")}</Badge> : null}
        </span>
        <span className="block text-muted text-xs">
          {t("expiresAt", { at: format.dateTime(invitation.expiresAt, "moment") })}
        </span>
      </span>
      <Button
        size="sm"
        loading={renew.isBusy}
        onClick={() => void renew.save({ email, name: name ?? "", role })}
      >
        {t("newLink")}
      </Button>
      <Button
        size="sm"
        variant="dangerGhost"
        loading={takeBack.isBusy}
        onClick={() => void takeBack.save({ id })}
      >
        {t("takeBack")}
      </Button>
      <LinkDialog
        title={t("inviteLink")}
        lead={t("inviteReady")}
        link={link}
        onClose={() => setLink(null)}
      />
    </li>
  );
}
