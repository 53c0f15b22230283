"use client";

import { BookOpen, ChartColumn, FileText, Inbox, Settings, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { hasRole, type Role } from "@/lib/domain/words";
import { Bell } from "./bell";
import { NavLink } from "./nav-link";
import { TasksLink } from "./tasks-link";

type Props = {
  role: Role;
  hasSimulator: boolean;
  openTasks: number;
  unread: number;
  /** Workspace and user, by which the tabs of a browser share one stream. */
  scope: string;
};

/** The parts of the product that this role may open. */
export function MainNav({ role, hasSimulator, openTasks, unread, scope }: Props) {
  const t = useTranslations("shell");
  return (
    <nav aria-label={t("mainNav")} className="flex min-w-0 flex-1 gap-1 md:flex-none md:flex-col">
      {hasRole(role, "agent") ? (
        <>
          <NavLink href="/inbox" label={t("inbox")} icon={Inbox} />
          <TasksLink count={openTasks} />
        </>
      ) : null}
      {hasRole(role, "admin") ? (
        <NavLink href="/dashboard" label={t("dashboard")} icon={ChartColumn} />
      ) : null}
      <Bell first={unread} scope={scope} />
      {hasRole(role, "admin") ? (
        // On a phone, where room is short, the settings lead there.
        <span className="max-md:hidden">
          <NavLink href="/templates" label={t("templates")} icon={FileText} />
        </span>
      ) : null}
      {hasSimulator ? <NavLink href="/simulator" label={t("simulator")} icon={Smartphone} /> : null}
      <NavLink href="/settings/profile" root="/settings" label={t("settings")} icon={Settings} />
      {hasRole(role, "admin") ? (
        <NavLink href="/docs" label={t("docs")} icon={BookOpen} isOutside />
      ) : null}
    </nav>
  );
}
