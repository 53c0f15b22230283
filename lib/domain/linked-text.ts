/** A text with the links of its files, each on its own line below. */
export function appendLinks(words: string, links: readonly string[]): string {
  return [words, ...links].filter((line) => line !== "").join("\n");
}

type Sent = { body: string; content: Record<string, unknown> | null };

/**
 * What was written of a message whose files go as links: its `body` is the text as it is sent, links
 * included, its `content.linkedWords` the words alone. null: its files do not go as links.
 */
export function linkedWords({ content }: Pick<Sent, "content">): string | null {
  const words = content?.linkedWords;
  return typeof words === "string" ? words : null;
}

/** The words of a message without what we have appended to them. */
export function wordsOf(message: Sent): string {
  return linkedWords(message) ?? message.body;
}
