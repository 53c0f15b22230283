import { Skeleton } from "@/components/ui/skeleton";

/** Tiles and charts at their places while they are counted. */
export default function DashboardLoading() {
  return (
    <div
      aria-busy="true"
      className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8"
    >
      <div className="flex flex-col gap-1.5">
        <Skeleton className="h-6.5 w-40" />
        <Skeleton className="h-4 w-72" />
      </div>
      <Skeleton className="h-13 w-full max-w-lg" />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        {[1, 2, 3, 4, 5, 6].map((n) => (
          <Skeleton key={n} className="h-24" />
        ))}
      </div>
      <div className="grid gap-5 xl:grid-cols-2">
        <Skeleton className="h-84" />
        <Skeleton className="h-84" />
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
