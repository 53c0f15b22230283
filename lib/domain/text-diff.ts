export type DiffPart = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** Words of both texts up to which they are compared word by word; longer ones line by line. */
const MAX_WORDS = 1500;

/** What became of a text, in its order: the longest common sequence stays, the rest went or came. */
export function diffTexts(before: string, after: string): DiffPart[] {
  const words = [before, after].map((text) => text.split(/(\s+)/).filter((part) => part !== ""));
  const isLong = words.some((parts) => parts.length > MAX_WORDS);
  const [old = [], now = []] = isLong
    ? [before, after].map((text) => text.split(/(?<=\n)/))
    : words;
  return joined(walk(old, now, commonLengths(old, now)));
}

/** `[i][j]`: how long a sequence the rests from `i` and `j` have in common. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = rows[i];
      if (!row) continue;
      row[j] =
        old[i] === now[j]
          ? at(rows, i + 1, j + 1) + 1
          : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly Uint32Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function walk(old: readonly string[], now: readonly string[], rows: Uint32Array[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) {
      parts.push({ kind: "same", text: was });
      i++;
      j++;
    } else if (
      was !== undefined &&
      (is === undefined || at(rows, i + 1, j) >= at(rows, i, j + 1))
    ) {
      parts.push({ kind: "removed", text: was });
      i++;
    } else {
      parts.push({ kind: "added", text: is ?? "" });
      j++;
    }
  }
  return parts;
}

/** Neighbours of one kind as one. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const runs: DiffPart[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.kind === part.kind) runs[runs.length - 1] = { ...last, text: last.text + part.text };
    else runs.push(part);
  }
  return runs;
}
