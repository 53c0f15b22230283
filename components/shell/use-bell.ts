"use client";

import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/deciding/words";
import { openLive } from "../inbox/live-stream";

const answer = z.object({
  unread: z.int(),
  latest: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      body: z.string(),
      severity: z.enum(SEVERITIES),
      subject: z
        .object({ type: z.string(), id: z.string(), title: z.string(), url: z.string().optional() })
        .nullable(),
      readAt: z.string().nullable(),
      createdAt: z.string(),
    }),
  ),
});

type BellContent = z.infer<typeof answer>;
export type BellEntry = BellContent["latest"][number];

/**
 * What the bell shows: the number that the server told when the page was drawn, then by the stream. The
 * list is read when it is opened, and again while it is open whenever the number is told anew.
 *
 * @param scope workspace and user, by which the tabs of a browser share one stream
 */
export function useBell({ first, scope }: { first: number; scope: string }) {
  const [unread, setUnread] = useState(first);
  const [latest, setLatest] = useState<BellEntry[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const isOpen = useRef(false);
  const asked = useRef(0);
  useEffect(() => setUnread(first), [first]);
  const router = useRouter();
  const pathname = usePathname();
  const isListed = useRef(false);
  isListed.current = pathname === "/notifications";

  const read = useCallback(async () => {
    asked.current += 1;
    const turn = asked.current;
    const content = await readBell();
    // A later question has a later answer.
    if (turn !== asked.current) return;
    setFailed(content === null);
    if (content === null) return;
    setUnread(content.unread);
    setLatest(content.latest);
  }, []);

  useEffect(
    () =>
      openLive({
        scope,
        onEvent: (event) => {
          if (event.type === "resync" || (event.type === "bell" && isOpen.current)) void read();
          if (event.type !== "bell") return;
          setUnread(event.unread);
          if (isListed.current) router.refresh();
        },
        onConnection: () => undefined,
      }),
    [scope, read, router],
  );

  const open = (wanted: boolean) => {
    isOpen.current = wanted;
    if (wanted) void read();
  };
  return { unread, latest, hasFailed, open, read };
}

async function readBell(): Promise<BellContent | null> {
  try {
    const response = await fetch("/notifications/bell");
    return response.ok ? answer.parse(await response.json()) : null;
  } catch {
    return null;
  }
}
