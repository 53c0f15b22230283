import { ArrowUpRight } from "lucide-react";
import type { Subject } from "@/lib/domain/subject";

/** What a notification is about, a click away where it has an address. */
export function SubjectLink({ subject }: { subject: Subject }) {
  if (!subject.url) return <span className="[overflow-wrap:anywhere]">{subject.title}</span>;
  return (
    <a
      href={subject.url}
      target="_blank"
      rel="noreferrer noopener"
      className="text-accent-fg underline underline-offset-2"
    >
      <span className="[overflow-wrap:anywhere]">{subject.title}</span>
      <ArrowUpRight className="ml-0.5 inline size-3.5" aria-hidden />
    </a>
  );
}
