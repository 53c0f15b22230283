"use client";

import { useTranslations } from "next-intl";
import type { Role } from "@/lib/domain/words";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";

export type DemoLogin = { name: string; email: string; password: string; role: Role };

type Props = {
  logins: readonly DemoLogin[];
  isBusy: boolean;
  onChoose: (login: DemoLogin) => void;
};

/** The people of the demo workspace, each one click away. */
export function DemoLogins({ logins, isBusy, onChoose }: Props) {
  const t = useTranslations("auth");
  const roles = useTranslations("shell.roles");
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-4">
      <h2 className="font-medium text-sm">{t("demoTitle")}</h2>
      <p className="text-muted text-xs">{t("demoLead")}</p>
      <ul className="flex flex-col gap-1">
        {logins.map((login) => (
          <li key={login.email}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => onChoose(login)}
              className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover disabled:opacity-50"
            >
              <Avatar name={login.name} seed={login.email} size="sm" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-sm">{login.name}</span>
                <span className="block truncate text-muted text-xs">{login.email}</span>
              </span>
              <Badge>{roles(login.role)}</Badge>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
