import { Fragment } from "react";

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/gu;

/** A message's words with their line breaks, addresses made clickable. */
export function MessageText({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]" dir="auto">
      {text.split(LINK).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        <Fragment key={index}>{index % 2 === 1 ? <Link href={part} /> : part}</Fragment>
      ))}
    </p>
  );
}

function Link({ href }: { href: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="underline decoration-current/40 underline-offset-2 hover:decoration-current"
    >
      {href}
    </a>
  );
}
