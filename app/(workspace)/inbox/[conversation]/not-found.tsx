import { SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A conversation that is not there, or of a number that one may not see. */
export default async function ConversationNotFound() {
  const t = await getTranslations("thread.missing");
  return (
    <EmptyState
      className="h-full"
      icon={SearchX}
      title={<h1>{t("title")}</h1>}
      action={
        <Button asChild>
          <Link href="/inbox">{t("back")}</Link>
        </Button>
      }
    >
      {t("hint")}
    </EmptyState>
  );
}
