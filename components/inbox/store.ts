"use client";

import { useRef, useSyncExternalStore } from "react";
import type { InboxState } from "./inbox-state";

/** The one place a screen's rows live: many parts read slices of it, verbs and the live stream write. */
export type InboxStore = {
  get: () => InboxState;
  update: (change: (state: InboxState) => InboxState) => void;
  subscribe: (listener: () => void) => () => void;
};

export function createInboxStore(first: InboxState): InboxStore {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update: (change) => {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Reads a slice; the part is drawn again only when the slice is another one (compared shallowly). */
export function useSlice<T>(store: InboxStore, read: (state: InboxState) => T): T {
  const last = useRef<{ value: T } | null>(null);
  const snapshot = () => {
    const value = read(store.get());
    if (last.current !== null && isSame(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype || Array.isArray(value);
}
