import type { Words } from "../notification-words";
import { measureSegments, type SegmentMeasure } from "../segments";
import type { TemplateWords } from "./template";
import { type Filling, type Worded, wordTemplate } from "./word-template";

export type Preview = {
  words: Words;
  /** SMS: what it takes; null: another channel. */
  measure: SegmentMeasure | null;
};

/** What a template says when it is filled, and what that takes. */
export function previewTemplate(
  template: TemplateWords,
  filling: Filling,
): { ok: true; preview: Preview } | Extract<Worded, { ok: false }> {
  const worded = wordTemplate(template, filling);
  if (!worded.ok) return worded;
  const { words } = worded;
  const measure = template.channel === "sms" ? measureSegments(words.body) : null;
  return { ok: true, preview: { words, measure } };
}
