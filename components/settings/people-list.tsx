"use client";

import { useTranslations } from "next-intl";
import { changePersonRole } from "@/app/(workspace)/settings/people/actions";
import type { Role } from "@/lib/domain/words";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { Select } from "../ui/select";
import { PersonMenu } from "./person-menu";
import { useSaver } from "./use-saver";

export type PersonItem = {
  id: string;
  personId: string;
  name: string;
  email: string;
  role: Role;
  isActive: boolean;
  phoneNumber: string | null;
  hasPassword: boolean;
  isSelf: boolean;
  /** Roles that the reader may give this person; empty where they may not touch them. */
  grantable: readonly Role[];
};

/** R003: who may sign in, with their role and phone number. */
export function PeopleList({ people }: { people: readonly PersonItem[] }) {
  return (
    <ul className="divide-y divide-line">
      {people.map((person) => (
        <PersonRow key={person.id} person={person} />
      ))}
    </ul>
  );
}

function PersonRow({ person }: { person: PersonItem }) {
  const t = useTranslations("settings.people");
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <Avatar name={person.name} seed={person.id} />
      <span className="min-w-0 flex-1 basis-48">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-sm">{person.name}</span>
          {person.isSelf ? <Badge tone="outline">{t("you")}</Badge> : null}
          {person.isActive ? null : <Badge tone="warning">{t("deactivated")}</Badge>}
          {person.hasPassword ? null : <Badge tone="outline">{t("noPassword")}</Badge>}
        </span>
        <span className="block truncate text-muted text-xs">
          {person.email} · {person.phoneNumber ?? t("noPhone")}
        </span>
      </span>
      <RoleChoice person={person} />
      <PersonMenu person={person} />
    </li>
  );
}

function RoleChoice({ person }: { person: PersonItem }) {
  const t = useTranslations("settings.people");
  const roles = useTranslations("shell.roles");
  const saver = useSaver(changePersonRole, { done: t("roleChanged") });
  if (!person.isActive || person.grantable.length === 0) {
    return <Badge>{roles(person.role)}</Badge>;
  }
  const choose = (text: string) => {
    const role = person.grantable.find((known) => known === text);
    if (role) void saver.save({ id: person.id, role });
  };
  return (
    <Select
      className="w-40"
      aria-label={t("roleOf", { name: person.name })}
      value={person.role}
      disabled={saver.isBusy}
      onChange={(event) => choose(event.target.value)}
    >
      {person.grantable.map((role) => (
        <option key={role} value={role}>
          {roles(role)}
        </option>
      ))}
    </Select>
  );
}
