"use client";

import { PageFailed } from "@/components/shell/page-failed";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** A page failed; the frame around it stays, so that the others are a click away. */
export default function WorkspaceError({ error, retry }: Props) {
  return <PageFailed digest={error.digest} retry={retry} />;
}
