/** The thing a notification is about (glossary). Times are UTC; `dueOn` is a date such as `2026-11-30`. */
export type Subject = {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly dueAt?: string;
  readonly dueOn?: string;
};

/** The link to a subject, where it is one that a browser may be led to; null: there is none. */
export function subjectLink(subject: Subject | null): string | null {
  const url = subject?.url;
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
