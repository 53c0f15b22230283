import { Search } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "../ui/cn";
import { Input } from "../ui/input";

type Tab = "scheduled" | "sent" | "ended";
type Props = { tabs: readonly Tab[]; current: Tab; search: string };

/** Which reminders, and whose: all of it is in the address. */
export function ReminderFilter({ tabs, current, search }: Props) {
  const t = useTranslations("reminders");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <nav aria-label={t("which")} className="flex gap-1">
        {tabs.map((tab) => (
          <Link
            key={tab}
            href={`/reminders?${new URLSearchParams({ status: tab, ...(search && { q: search }) })}`}
            aria-current={tab === current ? "page" : undefined}
            className={cn(
              "rounded-md px-2.5 py-1.5 text-muted text-sm transition-colors hover:bg-hover hover:text-fg",
              "aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg",
            )}
          >
            {t(`tabs.${tab}`)}
          </Link>
        ))}
      </nav>
      <Form action="/reminders" role="search" className="relative ml-auto w-full sm:w-64">
        <input type="hidden" name="status" value={current} />
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
          aria-hidden
        />
        <Input
          key={search}
          name="q"
          type="search"
          defaultValue={search}
          maxLength={100}
          aria-label={t("search")}
          placeholder={t("search")}
          className="pl-8"
        />
      </Form>
    </div>
  );
}
