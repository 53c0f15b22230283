import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape while its reminders are read. */
export default function Loading() {
  return (
    <div
      aria-busy="true"
      className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8"
    >
      <div className="flex flex-col gap-1.5">
        <Skeleton className="h-6.5 w-40" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-8 w-full" />
      {["a", "b", "c", "d", "e"].map((key) => (
        <Skeleton key={key} className="h-14 w-full" />
      ))}
    </div>
  );
}
