import { PageSkeleton } from "@/components/settings/page-skeleton";

export default function NotificationsLoading() {
  return (
    <div className="mx-auto w-full max-w-4xl px-3 py-5 sm:px-6 sm:py-8">
      <PageSkeleton />
    </div>
  );
}
