"use client";

import { useEffect } from "react";
import { COMPOSER_ID } from "../composer/composer";
import { useInbox } from "./inbox-context";
import { SEARCH_ID } from "./search-box";

/**
 * The keys of the inbox, when no field has the focus and nothing is open over the screen. By the
 * letter a key types (`event.key`), so that they sit where the keyboard's legend says, AZERTY or not.
 */
export function useShortcuts(): void {
  const { verbs, store } = useInbox();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target) || isCovered()) return;
      const deed = deedOf(event.key);
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    const withSelected = (run: (id: string) => void) => () => {
      const id = store.get().selectedId;
      if (id !== null) run(id);
    };
    const deedOf = (key: string): (() => void) | undefined => {
      switch (key) {
        case "j":
          return () => verbs.move(1);
        case "k":
          return () => verbs.move(-1);
        case "e":
          return withSelected((id) => void verbs.resolve(id));
        case "r":
          return () => document.getElementById(COMPOSER_ID)?.focus();
        case "a":
          return withSelected(() => verbs.show("assign"));
        case "u":
          return withSelected((id) => void verbs.unread(id));
        case "c":
          return () => verbs.show("start");
        case "/":
          return () => document.getElementById(SEARCH_ID)?.focus();
        case "?":
          return () => verbs.show("help");
        default:
          return undefined;
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [verbs, store]);
}

/** A field has the focus. One in a menu that fades away still has it, and is written in no more. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"][data-state="closed"]') !== null) return false;
  return target.isContentEditable || target.closest("input, textarea, select") !== null;
}

/** A dialog, a menu or a picture lies over the inbox: the keys are its own. */
function isCovered(): boolean {
  return (
    document.querySelector(
      '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"][data-state="open"]',
    ) !== null
  );
}
