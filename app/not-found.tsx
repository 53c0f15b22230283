import { Compass } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("errors.page");
  return (
    <main className="flex min-h-full flex-1 items-center justify-center">
      <EmptyState
        icon={Compass}
        title={<h1 className="text-lg">{t("notFoundTitle")}</h1>}
        action={
          <Button asChild>
            <Link href="/">{t("home")}</Link>
          </Button>
        }
      >
        {t("notFound")}
      </EmptyState>
    </main>
  );
}
