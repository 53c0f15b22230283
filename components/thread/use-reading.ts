"use client";

import { useEffect, useState } from "react";
import { lastSeqOf } from "@/lib/domain/merge-live";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";

/**
 * Marks an open conversation read up to its last message while somebody can be looking at it: the
 * tab is visible and focused, and the end of the thread is on the screen.
 */
export function useReading(id: string, isAtEnd: boolean): void {
  const { verbs } = useInbox();
  const isLooking = useIsLooking();
  const { seq, unread, isReady } = useInboxSlice((state) => ({
    seq: lastSeqOf(state.threads[id]?.messages ?? []),
    unread: state.cards[id]?.unread ?? 0,
    isReady: state.threads[id]?.status === "ready",
  }));
  useEffect(() => {
    if (isLooking && isAtEnd && isReady && unread > 0) void verbs.read(id, seq);
  }, [isLooking, isAtEnd, isReady, unread, seq, id, verbs]);
}

function useIsLooking(): boolean {
  const [isLooking, setLooking] = useState(false);
  useEffect(() => {
    const look = () => setLooking(document.visibilityState === "visible" && document.hasFocus());
    look();
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return isLooking;
}
