"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { InboxState, InboxViewer } from "./inbox-state";
import { type InboxStore, useSlice } from "./store";
import type { InboxVerbs } from "./verbs";

type Inbox = { store: InboxStore; verbs: InboxVerbs; viewer: InboxViewer };

const InboxContext = createContext<Inbox | null>(null);
const NowContext = createContext<Date>(new Date(0));

const TICK_MS = 20_000;

export function InboxProvider({ value, children }: { value: Inbox; children: ReactNode }) {
  return <InboxContext value={value}>{children}</InboxContext>;
}

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (inbox === null) throw new Error("useInbox is used outside of InboxProvider");
  return inbox;
}

/** A slice of the inbox's rows; see `useSlice`. */
export function useInboxSlice<T>(read: (state: InboxState) => T): T {
  return useSlice(useInbox().store, read);
}

/** One clock for all relative times, so that they turn together; the first tick is the server's. */
export function NowProvider({ first, children }: { first: string; children: ReactNode }) {
  const [now, setNow] = useState(() => new Date(first));
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

export function useNow(): Date {
  return useContext(NowContext);
}
