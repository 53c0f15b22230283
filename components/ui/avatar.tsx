import { cn } from "./cn";

const TINTS = [
  "tint-blue",
  "tint-violet",
  "tint-teal",
  "tint-green",
  "tint-amber",
  "tint-orange",
  "tint-pink",
  "tint-slate",
] as const;

const SIZES = {
  xs: "size-5 text-[0.5625rem]",
  sm: "size-6 text-2xs",
  md: "size-8 text-xs",
  lg: "size-10 text-sm",
} as const;

type Props = {
  /** null: nobody we know by name; shows a hash sign. */
  name: string | null;
  /** What the colour is drawn from, so that it stays when the name changes. */
  seed?: string;
  size?: keyof typeof SIZES;
  className?: string;
};

/** Initials on a colour of their own. Decorative: the name stands beside it. */
export function Avatar({ name, seed, size = "md", className }: Props) {
  return (
    <span
      aria-hidden
      className={cn(
        "chip inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold",
        tintOf(seed ?? name ?? "#"),
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string | null) {
  const words = (name ?? "").trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? "#")][0] ?? "#";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase("fr");
}

function tintOf(seed: string) {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return TINTS[sum % TINTS.length];
}
