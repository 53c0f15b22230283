import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountTheme } from "@/components/shell/account-theme";
import { AdminAlerts } from "@/components/shell/admin-alerts";
import { MainNav } from "@/components/shell/main-nav";
import { SendingPaused } from "@/components/shell/sending-paused";
import { UserMenu } from "@/components/shell/user-menu";
import { WorkspaceSwitcher } from "@/components/shell/workspace-switcher";
import { listOpenAlerts } from "@/db/queries/admin-alerts";
import { listIntegrations } from "@/db/queries/integrations";
import { countUnread } from "@/db/queries/notifications";
import { listSendingPauses } from "@/db/queries/sending-pauses";
import { listStoppedSenders } from "@/db/queries/stopped-senders";
import { listHomesOfUser } from "@/db/queries/system/users";
import { countOpenTasks } from "@/db/queries/tasks";
import { requireViewer, type Viewer } from "@/lib/auth/viewer";
import { hasRole } from "@/lib/domain/words";
import { getDeps, getRuntime } from "@/lib/runtime";

/** The frame of the signed-in product: a slim bar at the side, at the bottom on phones. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  const { db } = getDeps();
  const isAgent = hasRole(viewer.role, "agent");
  const [t, homes, openTasks, unread, pauses] = await Promise.all([
    getTranslations("shell"),
    listHomesOfUser(db, viewer.user.id),
    isAgent ? countOpenTasks(db, viewer) : 0,
    countUnread(db, viewer),
    listSendingPauses(db, viewer.workspaceId),
  ]);
  const isAdmin = hasRole(viewer.role, "admin");
  return (
    <div className="flex h-dvh flex-col-reverse md:flex-row">
      <AccountTheme theme={viewer.user.theme} />
      <a
        href="#main"
        className="sr-only top-0 z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <aside className="flex shrink-0 items-center gap-1 border-line border-t bg-canvas px-2 pb-[env(safe-area-inset-bottom)] md:w-13 md:flex-col md:border-t-0 md:border-r md:px-0 md:py-2.5">
        <WorkspaceSwitcher current={viewer.workspace} homes={homes} />
        <MainNav
          role={viewer.role}
          hasSimulator={getRuntime().simulatorOrigin !== null}
          openTasks={openTasks}
          unread={unread}
          scope={`${viewer.workspaceId}:${viewer.user.id}`}
        />
        <div className="md:mt-auto">
          <UserMenu user={viewer.user} />
        </div>
      </aside>
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        <SendingPaused
          pauses={pauses.map((pause) => ({ ...pause, since: pause.since.toISOString() }))}
          mayLift={isAdmin}
        />
        {isAdmin ? <Alerts viewer={viewer} /> : null}
        {children}
      </main>
    </div>
  );
}

async function Alerts({ viewer }: { viewer: Viewer }) {
  const { db, sql } = getDeps();
  const [alerts, stopped] = await Promise.all([
    listOpenAlerts(db, viewer.workspaceId),
    listStoppedSenders(sql, viewer.workspaceId),
  ]);
  const senders = alerts.length > 0 ? await listIntegrations(db, viewer) : [];
  const nameOf = (targetId: string) =>
    senders.find(({ id, accountId }) => id === targetId || accountId === targetId)?.name ?? null;
  return <AdminAlerts alerts={alerts} stopped={stopped} nameOf={nameOf} />;
}
