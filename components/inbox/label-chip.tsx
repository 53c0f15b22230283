import { cn } from "../ui/cn";

/** Whole class names, since the style sheet only holds those it can read in the source. */
const TINTS: Readonly<Record<string, string>> = {
  slate: "tint-slate",
  red: "tint-red",
  orange: "tint-orange",
  amber: "tint-amber",
  green: "tint-green",
  teal: "tint-teal",
  blue: "tint-blue",
  violet: "tint-violet",
  pink: "tint-pink",
};

/** A label in its colour of the palette. */
export function LabelChip({ label }: { label: { name: string; color: string } }) {
  return (
    <span
      className={cn(
        "chip max-w-24 shrink-0 truncate rounded-xs px-1",
        TINTS[label.color] ?? "tint-slate",
      )}
    >
      {label.name}
    </span>
  );
}
