import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["2xs"] }] } },
});

/** Joins class names; where two set the same property the later one wins. */
export function cn(...classes: ClassValue[]) {
  return merge(clsx(classes));
}
