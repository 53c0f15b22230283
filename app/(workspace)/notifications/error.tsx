"use client";

import { PageFailed } from "@/components/shell/page-failed";

export default function NotificationsError({ retry }: { error: Error; retry: () => void }) {
  return <PageFailed retry={retry} />;
}
