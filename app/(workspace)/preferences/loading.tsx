import { PageSkeleton } from "@/components/settings/page-skeleton";

export default function PreferencesLoading() {
  return <PageSkeleton />;
}
