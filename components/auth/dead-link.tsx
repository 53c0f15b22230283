import { Link2Off } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** A one-time link that does not work any more, and what to do about it. */
export async function DeadLink({ children }: { children: string }) {
  const t = await getTranslations("auth");
  return (
    <section className="rounded-xl border border-line bg-surface shadow-sm">
      <EmptyState
        icon={Link2Off}
        title={t("deadLink")}
        action={
          <Button asChild>
            <Link href="/login">{t("toLogin")}</Link>
          </Button>
        }
      >
        {children}
      </EmptyState>
    </section>
  );
}
