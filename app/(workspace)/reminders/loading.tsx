import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape while its reminders are read. */
export default function Loading() {
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-8 w-full" />
      {["a", "b", "c", "d", "e"].map((key) => (
        <Skeleton key={key} className="h-14 w-full" />
      ))}
    </div>
  );
}
