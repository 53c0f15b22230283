"use client";

import { useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";

/** The phones' state, read afresh at every ring of the network; one read at a time. */
export function useSimulator(initial: SimulatorView) {
  const [phone, setPhone] = useQueryState("phone");
  const [view, setView] = useState(initial);
  const [isLive, setLive] = useState(true);
  const wanted = useRef(phone);
  const reading = useRef<"idle" | "reading" | "again">("idle");

  const refresh = useCallback(async () => {
    if (reading.current !== "idle") {
      reading.current = "again";
      return;
    }
    do {
      reading.current = "reading";
      const asked = wanted.current;
      const next = await readView(asked);
      // Another phone was chosen meanwhile: its own read follows.
      if (next && asked === wanted.current) setView(next);
      setLive(next !== null);
    } while ((reading.current as string) === "again");
    reading.current = "idle";
  }, []);

  useEffect(() => {
    const events = new EventSource("/simulator/data/events");
    events.onmessage = () => void refresh();
    events.onerror = () => setLive(false);
    return () => events.close();
  }, [refresh]);

  const choose = useCallback(
    (next: string) => {
      wanted.current = next;
      void setPhone(next);
      void refresh();
    },
    [refresh, setPhone],
  );

  /** The chosen person's phones are not there yet: nothing may be typed into those of the one before. */
  const isChanging = phone !== null && phone !== view.phone;
  return { view, isLive, isChanging, choose, refresh };
}

async function readView(phone: string | null): Promise<SimulatorView | null> {
  const query = phone === null ? "" : `?phone=${encodeURIComponent(phone)}`;
  try {
    const response = await fetch(`/simulator/data/view${query}`, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    // The line is down; the stream's own reconnection rings again.
    return null;
  }
}
