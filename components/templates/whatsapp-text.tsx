const MARKED = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/g;

/** A text with WhatsApp's own marks shown as it shows them: *bold*, _italic_, ~struck~. */
export function WhatsAppText({ text }: { text: string }) {
  return text.split(MARKED).map((part, index) => {
    const words = part.slice(1, -1);
    // The parts of one text never move.
    const key = `${index} ${part}`;
    if (index % 2 === 0) return part;
    if (part.startsWith("*")) return <strong key={key}>{words}</strong>;
    if (part.startsWith("_")) return <em key={key}>{words}</em>;
    return <s key={key}>{words}</s>;
  });
}
