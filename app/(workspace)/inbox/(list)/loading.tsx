import { ListSkeleton } from "@/components/inbox/conversation-list";
import { Skeleton } from "@/components/ui/skeleton";

/** The panes at their places while the first rows are read. */
export default function InboxLoading() {
  return (
    <div className="flex h-full" aria-busy="true">
      <div className="flex h-full w-full flex-col border-line border-r bg-surface md:w-86">
        <div className="flex h-13 items-center px-4">
          <Skeleton className="h-5 w-36" />
        </div>
        <Skeleton className="mx-3 mb-2 h-8" />
        <div className="flex h-8.5 gap-2 px-3 pb-1.5">
          <Skeleton className="h-7 w-16" />
          <Skeleton className="h-7 w-20" />
          <Skeleton className="h-7 w-16" />
        </div>
        <ListSkeleton />
      </div>
      <div className="flex-1 bg-surface max-md:hidden" />
    </div>
  );
}
