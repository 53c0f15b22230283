"use client";

import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { cn } from "../ui/cn";

type Props = {
  id?: string;
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  onChange: (text: string) => void;
  onSend: () => void;
  onFiles: (files: File[]) => void;
  label: string;
  placeholder: string;
  disabled?: boolean;
  /** Characters to underline: those that make the message dearer. */
  guilty: readonly string[];
  minRows?: number;
};

/** Both layers must break lines alike, to the pixel. */
const textStyle =
  "block w-full whitespace-pre-wrap px-3 py-2.5 font-sans text-base leading-[1.375rem] [overflow-wrap:anywhere] max-sm:text-[1rem]";

/** A text area that grows with what is written, over a copy that underlines the dear characters. */
export function MessageField(props: Props) {
  const { value, guilty, minRows = 2 } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(props.ref, () => area.current as HTMLTextAreaElement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const field = area.current;
    if (field === null) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [value]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      props.onSend();
    }
    if (event.key === "Escape") event.currentTarget.blur();
  };
  return (
    <div className="max-h-[40dvh] overflow-y-auto">
      <div className="relative">
        <div
          aria-hidden
          className={cn(textStyle, "pointer-events-none absolute inset-0 text-transparent")}
        >
          <Underlined text={value} guilty={guilty} />
        </div>
        <textarea
          ref={area}
          id={props.id}
          value={value}
          rows={minRows}
          disabled={props.disabled}
          aria-label={props.label}
          placeholder={props.placeholder}
          onChange={(event) => props.onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (files.length === 0) return;
            event.preventDefault();
            props.onFiles(files);
          }}
          className={cn(
            textStyle,
            "relative resize-none overflow-hidden bg-transparent text-fg outline-none focus-visible:outline-none disabled:cursor-not-allowed",
          )}
        />
      </div>
    </div>
  );
}

function Underlined({ text, guilty }: { text: string; guilty: readonly string[] }) {
  if (guilty.length === 0) return null;
  const marks = new Set(guilty);
  const parts = [...new Intl.Segmenter("fr", { granularity: "grapheme" }).segment(text)];
  return (
    <>
      {parts.map(({ segment, index }) =>
        marks.has(segment) || [...segment].some((character) => marks.has(character)) ? (
          <mark
            key={index}
            className="rounded-[2px] bg-warning-soft text-transparent shadow-[inset_0_-2px_0_var(--warning)]"
          >
            {segment}
          </mark>
        ) : (
          segment
        ),
      )}
    </>
  );
}
