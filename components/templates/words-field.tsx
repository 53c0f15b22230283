"use client";

import { type Ref, useRef } from "react";
import { cn } from "../ui/cn";
import { controlStyle } from "../ui/input";

type Props = {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  value: string;
  /** Names that may stand in it; every other one is underlined. */
  known: readonly string[];
  rows: number;
  areaRef: Ref<HTMLTextAreaElement>;
  onChange: (value: string) => void;
  onFocus: () => void;
};

const TEXT =
  "px-2.5 py-1.5 font-mono text-sm leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** A field for Liquid, in which variables that do not exist are underlined as one writes. */
export function WordsField({ value, known, rows, areaRef, onChange, ...rest }: Props) {
  const marks = useRef<HTMLDivElement>(null);
  return (
    <div className="relative">
      <div
        ref={marks}
        aria-hidden
        className={cn(
          TEXT,
          "pointer-events-none absolute inset-0 overflow-hidden border border-transparent text-transparent max-sm:text-[1rem]",
        )}
      >
        <Marked text={value} known={known} />
      </div>
      <textarea
        ref={areaRef}
        value={value}
        rows={rows}
        spellCheck
        onChange={({ target }) => onChange(target.value)}
        onScroll={({ currentTarget }) => {
          if (marks.current) marks.current.scrollTop = currentTarget.scrollTop;
        }}
        className={cn(controlStyle, TEXT, "relative block resize-y bg-transparent")}
        {...rest}
      />
    </div>
  );
}

const PLACE = /(\{\{\s*[A-Za-z_]\w*)/g;

function Marked({ text, known }: { text: string; known: readonly string[] }) {
  return text.split(PLACE).map((part, index) => {
    const name = index % 2 === 1 ? part.replace(/^\{\{\s*/, "") : null;
    if (name === null || known.includes(name)) return part;
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        key={index}
        data-unknown={name}
        className="underline decoration-2 decoration-danger decoration-wavy"
      >
        {part}
      </span>
    );
  });
}
