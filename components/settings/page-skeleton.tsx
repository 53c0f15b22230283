import { useTranslations } from "next-intl";
import { Skeleton } from "../ui/skeleton";

/** The title and the first sections of a page at their places while they are read. */
export function PageSkeleton() {
  const t = useTranslations("bell");
  return (
    <div className="flex flex-col gap-5" aria-busy="true">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
