"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import type { SimulatorView } from "@/app/(workspace)/simulator/view";

const SHOWN = ["phones", "mail"] as const;
export type Shown = (typeof SHOWN)[number];

const parsers = {
  show: parseAsStringLiteral(SHOWN).withDefault("phones"),
  phone: parseAsString,
  mail: parseAsString,
};

type Wanted = { phone: string | null; mail: string | null };

/** The state of phones and mailbox, read afresh at every ring of the network; one read at a time. */
export function useSimulator(initial: SimulatorView) {
  const [{ show, phone, mail }, setQuery] = useQueryStates(parsers);
  const [view, setView] = useState(initial);
  const [isLive, setLive] = useState(true);
  const wanted = useRef<Wanted>({ phone, mail });
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
      // Something else was chosen meanwhile: its own read follows.
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
    (next: Partial<Wanted>) => {
      wanted.current = { ...wanted.current, ...next };
      void setQuery(next);
      void refresh();
    },
    [refresh, setQuery],
  );
  const choosePhone = useCallback((next: string) => choose({ phone: next }), [choose]);
  const chooseMail = useCallback((next: string | null) => choose({ mail: next }), [choose]);
  const chooseShown = useCallback((next: Shown) => void setQuery({ show: next }), [setQuery]);

  /** The chosen person's phones are not there yet: nothing may be typed into those of the one before. */
  const isChanging = phone !== null && phone !== view.phone;
  return {
    view,
    shown: show,
    mailId: mail,
    isLive,
    isChanging,
    choosePhone,
    chooseMail,
    chooseShown,
    refresh,
  };
}

async function readView(wanted: Wanted): Promise<SimulatorView | null> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) if (value !== null) query.set(name, value);
  try {
    const response = await fetch(`/simulator/data/view?${query}`, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    // The line is down; the stream's own reconnection rings again.
    return null;
  }
}
