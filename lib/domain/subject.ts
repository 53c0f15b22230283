/** The thing a notification is about (glossary). Times are UTC; `dueOn` is a date such as `2026-11-30`. */
export type Subject = {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly dueAt?: string;
  readonly dueOn?: string;
};
