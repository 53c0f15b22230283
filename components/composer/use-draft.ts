"use client";

import { useCallback, useEffect, useState } from "react";
import { useInbox } from "../inbox/inbox-context";

/** The text being written to a conversation, kept in this browser until it is sent. */
export function useDraft(id: string): [string, (text: string) => void] {
  const { viewer } = useInbox();
  const key = `carillon:draft:${viewer.workspaceId}:${viewer.id}:${id}`;
  const [text, setText] = useState("");
  useEffect(() => setText(readDraft(key)), [key]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      keepDraft(key, next);
    },
    [key],
  );
  return [text, write];
}

function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    // Storage is refused in some private windows: then drafts live as long as the page.
    return "";
  }
}

function keepDraft(key: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // As above; a full storage must not break writing either.
  }
}
