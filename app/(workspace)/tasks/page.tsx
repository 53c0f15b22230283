import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { TaskCard } from "@/components/tasks/task-card";
import { EmptyState } from "@/components/ui/empty-state";
import { listIntegrations } from "@/db/queries/integrations";
import { listOpenTasks } from "@/db/queries/tasks";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tasks");
  return { title: t("title") };
}

/** What people have to do before messages can leave: numbers that are no good. */
export default async function TasksPage() {
  const viewer = await requireViewer("agent");
  const { db } = getDeps();
  const [t, tasks, rows] = await Promise.all([
    getTranslations("tasks"),
    listOpenTasks(db, viewer),
    listIntegrations(db, viewer),
  ]);
  const senders = rows
    .filter((row) => row.isActive && row.type !== "email")
    .map(({ id, name, type }) => ({ id, name, type }));
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle title={t("title")} lead={t("lead")} />
        {tasks.length === 0 ? (
          <EmptyState icon={CircleCheck} title={t("empty")}>
            {t("emptyLead")}
          </EmptyState>
        ) : (
          <ul className="flex flex-col gap-4">
            {tasks.map((task) => (
              <li key={task.id} id={task.id} className="scroll-mt-4">
                <TaskCard
                  task={task}
                  senders={senders.filter(({ type }) => type !== task.channel)}
                  country={viewer.workspace.defaultCountry}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
