import { Skeleton } from "@/components/ui/skeleton";

/** The list at its place while it is read. */
export default function NotificationsLoading() {
  return (
    <div
      aria-busy="true"
      className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-3 py-8 sm:px-6"
    >
      <Skeleton className="h-7 w-52" />
      <Skeleton className="h-24" />
      {[1, 2, 3, 4].map((n) => (
        <Skeleton key={n} className="h-20" />
      ))}
    </div>
  );
}
