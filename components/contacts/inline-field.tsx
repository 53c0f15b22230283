"use client";

import { Check, CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { cn } from "../ui/cn";
import { Spinner } from "../ui/spinner";

type Props = {
  label: string;
  value: string;
  placeholder: string;
  isLong?: boolean;
  /** Stands as the heading of what it belongs to: its label is for screen readers. */
  isTitle?: boolean;
  /** Stores the text; null: stored, else what is wrong in words. */
  onSave: (text: string) => Promise<string | null>;
};

type SaveState = { type: "idle" | "saving" | "saved" } | { type: "failed"; words: string };

const SAVED_MS = 2_000;

/** A value that is edited where it stands: it saves when it is left, and says so. */
export function InlineField(props: Props) {
  const { label, value, placeholder, isLong, isTitle, onSave } = props;
  const id = useId();
  const [text, setText] = useState(value);
  const [state, setState] = useState<SaveState>({ type: "idle" });
  const isEditing = useRef(false);
  // What a colleague saved meanwhile is shown, unless one is writing oneself.
  useEffect(() => {
    if (!isEditing.current) setText(value);
  }, [value]);
  useEffect(() => {
    if (state.type !== "saved") return;
    const timer = setTimeout(() => setState({ type: "idle" }), SAVED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const save = async () => {
    isEditing.current = false;
    if (text.trim() === value.trim()) {
      setText(value);
      return;
    }
    setState({ type: "saving" });
    const words = await onSave(text.trim());
    setState(words === null ? { type: "saved" } : { type: "failed", words });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      setText(value);
      requestAnimationFrame(() => (event.target as HTMLElement).blur());
    }
    const ends = event.key === "Enter" && (!isLong || event.metaKey || event.ctrlKey);
    if (ends && !event.nativeEvent.isComposing) event.currentTarget.blur();
  };
  const field = {
    id,
    value: text,
    placeholder,
    onKeyDown,
    onFocus: () => {
      isEditing.current = true;
    },
    onBlur: () => void save(),
    className: cn(
      "-mx-[0.5625rem] w-[calc(100%+1.125rem)] rounded-md border border-transparent bg-transparent px-2 text-base transition-colors hover:border-line hover:bg-hover focus-visible:border-ring focus-visible:bg-surface max-sm:text-[1rem]",
      isLong ? "resize-none py-1" : "h-8 truncate max-sm:h-10",
      isTitle && "font-semibold",
    ),
  };
  return (
    <div className="relative">
      <div className={cn("flex items-center justify-between", isTitle || "h-5")}>
        <label htmlFor={id} className={isTitle ? "sr-only" : "text-subtle text-xs"}>
          {label}
        </label>
        <span className={cn(isTitle && "absolute top-2 right-0")}>
          <SaveMark state={state} />
        </span>
      </div>
      {isLong ? (
        <textarea
          {...field}
          rows={Math.min(10, Math.max(2, text.split("\n").length))}
          onChange={(event) => setText(event.target.value)}
        />
      ) : (
        <input type="text" {...field} onChange={(event) => setText(event.target.value)} />
      )}
    </div>
  );
}

function SaveMark({ state }: { state: SaveState }) {
  const t = useTranslations("contacts.save");
  return (
    <span className="text-2xs" role="status">
      {state.type === "saving" ? <Spinner className="size-3" label={t("saving")} /> : null}
      {state.type === "saved" ? (
        <span className="flex items-center gap-0.5 text-success-fg">
          <Check className="size-3" aria-hidden />
          {t("saved")}
        </span>
      ) : null}
      {state.type === "failed" ? (
        <span className="flex items-center gap-0.5 text-danger-fg">
          <CircleAlert className="size-3" aria-hidden />
          {state.words}
        </span>
      ) : null}
    </span>
  );
}
