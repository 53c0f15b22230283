import { Skeleton } from "@/components/ui/skeleton";

/** Tiles and charts at their places while they are counted. */
export default function DashboardLoading() {
  return (
    <div
      aria-busy="true"
      className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-3 py-8 sm:px-6"
    >
      <Skeleton className="h-7 w-40" />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        {[1, 2, 3, 4, 5, 6].map((n) => (
          <Skeleton key={n} className="h-20" />
        ))}
      </div>
      <Skeleton className="h-72" />
    </div>
  );
}
