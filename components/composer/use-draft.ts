"use client";

import { useEffect, useState } from "react";
import { useInbox } from "../inbox/inbox-context";

const SAVE_MS = 300;

/** The text being written to a conversation, kept in this browser until it is sent. */
export function useDraft(id: string): [string, (text: string) => void] {
  const { store, verbs } = useInbox();
  const [text, setText] = useState(() => store.get().drafts[id] ?? "");
  // The server draws without it: the drafts of this browser are read once the page is awake.
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    verbs.loadDrafts();
    setText((typed) => typed || (store.get().drafts[id] ?? ""));
    setAwake(true);
  }, [id, store, verbs]);
  useEffect(() => {
    if (!isAwake) return;
    // What was sent is no draft any more, also for a page that is left at this very moment.
    if (text === "") return verbs.keepDraft(id, "");
    const timer = setTimeout(() => verbs.keepDraft(id, text), SAVE_MS);
    return () => {
      clearTimeout(timer);
      verbs.keepDraft(id, text);
    };
  }, [id, text, isAwake, verbs]);
  return [text, setText];
}
