"use client";

import { createContext, type ReactNode, useContext } from "react";

type Names = Readonly<Record<string, string>>;

const TypeNamesContext = createContext<Names>({});

/** The workspace's notification types by their key, in the reader's language, for all within. */
export function TypeNames({ names, children }: { names: Names; children: ReactNode }) {
  return <TypeNamesContext value={names}>{children}</TypeNamesContext>;
}

export function useTypeNames(): Names {
  return useContext(TypeNamesContext);
}
