import { Skeleton } from "@/components/ui/skeleton";

/** The title, and the list beside its figures, at their places while they are read. */
export default function NotificationsLoading() {
  return (
    <div
      aria-busy="true"
      className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8"
    >
      <div className="flex flex-col gap-1.5">
        <Skeleton className="h-6.5 w-40" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-9 w-full" />
      <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="flex flex-col gap-px">
          {[1, 2, 3, 4, 5, 6].map((n) => (
            <Skeleton key={n} className="h-26" />
          ))}
        </div>
        <Skeleton className="h-72 max-xl:hidden" />
      </div>
    </div>
  );
}
